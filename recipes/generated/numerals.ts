/** @file Whole numbers in the words of three languages. */

/** The largest number that has words here, one short of a thousand millions. */
export const largestNumeral = 999_999_999;

/** A number in words, from 0 to {@link largestNumeral}; others are a programming error. */
export type Numeral = (number: number) => string;

const list = (words: string): readonly string[] => words.split(" ");

const englishUnits = list(
  "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen",
);
const englishTens = list("_ _ twenty thirty forty fifty sixty seventy eighty ninety");

/** 342 → three hundred and forty-two. */
export const englishNumeral: Numeral = (number) => {
  const [millions, thousands, rest] = groups(number);
  const parts: string[] = [];
  if (millions > 0) parts.push(`${englishBelowThousand(millions)} million`);
  if (thousands > 0) parts.push(`${englishBelowThousand(thousands)} thousand`);
  const isJoined = parts.length > 0 && rest > 0 && rest < 100;
  if (rest > 0) parts.push(`${isJoined ? "and " : ""}${englishBelowThousand(rest)}`);
  return parts.join(" ") || "zero";
};

function englishBelowThousand(number: number): string {
  const [hundreds, rest] = [Math.floor(number / 100), number % 100];
  if (hundreds === 0) return englishBelowHundred(rest);
  const head = `${englishUnits[hundreds]} hundred`;
  return rest === 0 ? head : `${head} and ${englishBelowHundred(rest)}`;
}

function englishBelowHundred(number: number): string {
  if (number < 20) return englishUnits[number] as string;
  const [ten, unit] = [englishTens[Math.floor(number / 10)] as string, number % 10];
  return unit === 0 ? ten : `${ten}-${englishUnits[unit]}`;
}

const frenchUnits = list(
  "zéro un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize dix-sept dix-huit dix-neuf",
);
const frenchTens = list("_ _ vingt trente quarante cinquante soixante _ quatre-vingt");

/** 392 → trois cent quatre-vingt-douze, as it was written before 1990 and mostly still is. */
export const frenchNumeral: Numeral = (number) => {
  const [millions, thousands, rest] = groups(number);
  const parts: string[] = [];
  if (millions > 0)
    parts.push(`${frenchBelowThousand(millions)} million${millions > 1 ? "s" : ""}`);
  if (thousands > 0) {
    // Neither cent nor vingt has its s before mille.
    const count = frenchBelowThousand(thousands).replace(/(cent|quatre-vingt)s$/, "$1");
    parts.push(thousands === 1 ? "mille" : `${count} mille`);
  }
  if (rest > 0) parts.push(frenchBelowThousand(rest));
  return parts.join(" ") || "zéro";
};

function frenchBelowThousand(number: number): string {
  const [hundreds, rest] = [Math.floor(number / 100), number % 100];
  if (hundreds === 0) return frenchBelowHundred(rest);
  const head = hundreds === 1 ? "cent" : `${frenchUnits[hundreds]} cent`;
  if (rest > 0) return `${head} ${frenchBelowHundred(rest)}`;
  return hundreds > 1 ? `${head}s` : head;
}

function frenchBelowHundred(number: number): string {
  if (number < 20) return frenchUnits[number] as string;
  if (number === 80) return "quatre-vingts";
  const ten = Math.floor(number / 10);
  // 70 to 79 go on from soixante, 90 to 99 from quatre-vingt.
  const base = ten === 7 || ten === 9 ? ten - 1 : ten;
  const [head, rest] = [frenchTens[base] as string, number - 10 * base];
  if (rest === 0) return head;
  const isWithAnd = base < 8 && (rest === 1 || rest === 11);
  return isWithAnd ? `${head} et ${frenchUnits[rest]}` : `${head}-${frenchUnits[rest]}`;
}

const hanDigits = [..."零一二三四五六七八九"];

/** 10,020,300 → 一千零二万零三百. A single two before 百, 千 or 万 stays 二 here; see {@link chineseCount}. */
export const chineseNumeral: Numeral = (number) => {
  if (number === 0) return hanDigits[0] as string;
  const [hundredMillions, rest] = [Math.floor(number / 1e8), number % 1e8];
  const [tenThousands, units] = [Math.floor(rest / 1e4), rest % 1e4];
  let text = "";
  for (const [group, name] of [
    [hundredMillions, "亿"],
    [tenThousands, "万"],
    [units, ""],
  ] as const) {
    if (group === 0) continue;
    // A gap between groups is read as one zero.
    if (text !== "" && group < 1000) text += "零";
    text += chineseBelowTenThousand(group, text === "") + name;
  }
  return text;
};

function chineseBelowTenThousand(number: number, isFirst: boolean): string {
  let text = "";
  for (const [size, name] of [
    [1000, "千"],
    [100, "百"],
    [10, "十"],
    [1, ""],
  ] as const) {
    const digit = Math.floor(number / size) % 10;
    if (digit === 0) continue;
    if (text !== "" && Math.floor(number / (size * 10)) % 10 === 0) text += "零";
    // Ten alone is 十, and only within a longer number 一十.
    const isPlainTen = size === 10 && digit === 1 && text === "" && isFirst;
    text += (isPlainTen ? "" : hanDigits[digit]) + name;
  }
  return text;
}

/** A number before a measure word: 2 → 两, 200 → 两百, 20,000 → 两万; others as {@link chineseNumeral}. */
export const chineseCount: Numeral = (number) =>
  chineseNumeral(number).replace(/^二(?=$|[百千万亿])/, "两");

/** A number digit by digit, as years are read: 1998 → 一九九八; a zero is 〇. */
export function chineseDigits(number: number): string {
  return [...String(number)]
    .map((digit) => (digit === "0" ? "〇" : hanDigits[Number(digit)]))
    .join("");
}

/** Millions, thousands, and the rest. */
function groups(number: number): readonly [millions: number, thousands: number, rest: number] {
  return [Math.floor(number / 1e6), Math.floor(number / 1000) % 1000, number % 1000];
}
