import type { Translated } from "../../text/translated.ts";

interface MapText {
  readonly find: string;
  readonly notOnMap: (word: string) => string;
  readonly enlarge: string;
  readonly reduce: string;
  readonly whole: string;
  readonly keys: string;
}

/** The words of every map of points. */
export const mapText: Translated<MapText> = {
  en: {
    find: "Find",
    notOnMap: (word) => `“${word}” is not on this map.`,
    enlarge: "Zoom in",
    reduce: "Zoom out",
    whole: "The whole map",
    keys: "Drag to move. Pinch, press + and −, or hold Ctrl and turn the wheel to zoom. On the keyboard, the arrow keys move from point to point and Enter selects one.",
  },
  zh: {
    find: "查找",
    notOnMap: (word) => `这张地图上没有“${word}”。`,
    enlarge: "放大",
    reduce: "缩小",
    whole: "整张地图",
    keys: "拖动可移动；双指捏合、+ 和 −，或按住 Ctrl 滚动滚轮可缩放。用键盘时，方向键从一个点走到下一个点，回车选中。",
  },
};
