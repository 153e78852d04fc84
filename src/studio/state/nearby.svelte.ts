/** Whether an element has come near to what is seen. What is made for it then stays. */
export class Nearby {
  isNear: boolean = $state(false);

  /** To be attached to the element. */
  readonly watch = (element: Element): (() => void) => {
    const observer = new IntersectionObserver(
      ([entry]) => {
        this.isNear ||= entry?.isIntersecting ?? false;
      },
      { rootMargin: "600px 0px" },
    );
    observer.observe(element);
    return () => observer.disconnect();
  };
}
