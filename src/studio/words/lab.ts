import type { Translated } from "../text/translated.ts";

/** The first words of the lab, which the page's own HTML holds, and its name beside the story's. */
interface LabOpening {
  /** The links from the story to the lab, and back. */
  readonly lab: string;
  readonly story: string;
  readonly title: string;
  readonly lead: string;
  readonly loading: string;
}

export const labOpening: Translated<LabOpening> = {
  en: {
    lab: "Lab",
    story: "Story",
    title: "Watch a model learn",
    lead: "Choose a task and press Train: a small model learns it in this page, and you see its attention take shape. Nothing leaves your computer.",
    loading: "Loading the lab …",
  },
  zh: {
    lab: "实验室",
    story: "正文",
    title: "亲眼看见模型学习",
    lead: "选一个任务，按“训练”：一个小模型就在这个网页里学习，你会看到它的注意力逐渐成形。所有数据都留在你的电脑上。",
    loading: "正在载入实验室……",
  },
};
