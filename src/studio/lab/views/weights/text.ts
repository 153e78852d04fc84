import { formatCount } from "../../../text/numbers.ts";
import type { Translated } from "../../../text/translated.ts";

interface WeightsText {
  readonly loading: string;
  readonly failed: (reason: string) => string;
  readonly weights: string;
  readonly gradient: string;
  readonly noGradient: string;
  readonly moved: string;
  readonly movedLong: string;
  readonly fromZero: string;
  readonly upTo: (domain: string) => string;
  readonly open: (name: string) => string;
  readonly large: (name: string, shape: string) => string;
  readonly cell: (name: string, place: string, value: string) => string;
  readonly gradientOf: (value: string) => string;
  readonly kinds: string;
  readonly step: (step: number) => string;
  readonly keys: string;
  readonly lead: string;
}

/** The words of the pictures of weights. */
export const weightsText: Translated<WeightsText> = {
  en: {
    lead: "Each picture is a parameter, a pixel a number. Bars say how far a parameter has moved from where it began: ‖w − w₀‖ / ‖w₀‖. Select one to read its numbers.",
    loading: "Loading the weights…",
    failed: (reason) => `The weights could not be loaded: ${reason}`,
    weights: "weights",
    gradient: "gradient",
    noGradient: "Gradients are known of the newest step only.",
    moved: "moved",
    movedLong: "How far each parameter has moved from where it began: ‖w − w₀‖ / ‖w₀‖",
    fromZero: "began at 0",
    upTo: (domain) => `±${domain}`,
    open: (name) => `Show ${name} large`,
    large: (name, shape) => `${name}, ${shape}`,
    cell: (name, place, value) => `${name}${place} = ${value}`,
    gradientOf: (value) => `gradient ${value}`,
    kinds: "What is shown large",
    step: (step) => `Step ${formatCount(step)}`,
    keys: "Point at a number, or move with the arrow keys.",
  },
  zh: {
    lead: "每张图是一个参数，一个像素是一个数。横条表示参数离起点移动了多远：‖w − w₀‖ / ‖w₀‖。选中一个参数，可以读出其中的数。",
    loading: "正在读取权重……",
    failed: (reason) => `无法读取权重：${reason}`,
    weights: "权重",
    gradient: "梯度",
    noGradient: "只有最新一步才有梯度。",
    moved: "移动",
    movedLong: "每个参数离起点移动了多远：‖w − w₀‖ / ‖w₀‖",
    fromZero: "从 0 开始",
    upTo: (domain) => `±${domain}`,
    open: (name) => `放大 ${name}`,
    large: (name, shape) => `${name}，${shape}`,
    cell: (name, place, value) => `${name}${place} = ${value}`,
    gradientOf: (value) => `梯度 ${value}`,
    kinds: "放大显示什么",
    step: (step) => `第 ${formatCount(step)} 步`,
    keys: "指向一个数，或用方向键移动。",
  },
};
