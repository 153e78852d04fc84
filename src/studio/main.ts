import { mount, unmount } from "svelte";
import FirstView from "./page/FirstView.svelte";
import "./style.css";

// A small part of the page comes first, and says what this is; then all the rest.
const target = document.body;
const first = mount(FirstView, { target, props: { isFailed: false } });
import("./whole.ts").then(
  ({ App }) => {
    void unmount(first);
    mount(App, { target });
  },
  () => {
    void unmount(first);
    mount(FirstView, { target, props: { isFailed: true } });
  },
);
