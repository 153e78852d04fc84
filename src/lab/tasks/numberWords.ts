/** @file Numbers from 0 to 9999 in words, in four languages. */

/** The largest number that has words. */
export const largestNumber = 9999;

/** The languages of the numbers (ISO 639-1). */
export const numberLanguages = ["en", "fr", "de", "zh"] as const;
export type NumberLanguage = (typeof numberLanguages)[number];

/** Returns a number in words: "two hundred forty-one", "deux cent quarante et un", "zweihunderteinundvierzig", "二百四十一". */
export function numberInWords(number: number, language: NumberLanguage): string {
  if (!Number.isInteger(number) || number < 0 || number > largestNumber) {
    throw new RangeError(`${number} is not a whole number from 0 to ${largestNumber}`);
  }
  return writers[language](number);
}

const named = (names: string): readonly string[] => names.split(" ");

const writers: Readonly<Record<NumberLanguage, (number: number) => string>> = {
  en: english,
  fr: french,
  de: german,
  zh: chinese,
};

const englishUnits = named(
  "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen",
);
const englishTens = named("- - twenty thirty forty fifty sixty seventy eighty ninety");

function english(number: number): string {
  if (number >= 1000)
    return joined(`${english(Math.floor(number / 1000))} thousand`, english, number % 1000);
  if (number >= 100)
    return joined(`${englishUnits[Math.floor(number / 100)]} hundred`, english, number % 100);
  if (number < 20) return englishUnits[number] as string;
  const ten = englishTens[Math.floor(number / 10)] as string;
  return number % 10 === 0 ? ten : `${ten}-${englishUnits[number % 10]}`;
}

/** A larger part and the rest, if there is any. */
function joined(part: string, write: (number: number) => string, rest: number): string {
  return rest === 0 ? part : `${part} ${write(rest)}`;
}

const frenchUnits = named(
  "zéro un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize dix-sept dix-huit dix-neuf",
);
const frenchTens = named("- - vingt trente quarante cinquante soixante");

function french(number: number): string {
  if (number >= 1000) {
    const thousands = Math.floor(number / 1000);
    return joined(
      thousands === 1 ? "mille" : `${frenchUnits[thousands]} mille`,
      french,
      number % 1000,
    );
  }
  if (number >= 100) {
    const [hundreds, rest] = [Math.floor(number / 100), number % 100];
    if (hundreds === 1) return joined("cent", french, rest);
    // Only a round number of hundreds has the ending of the plural.
    return joined(`${frenchUnits[hundreds]} cent${rest === 0 ? "s" : ""}`, french, rest);
  }
  if (number < 20) return frenchUnits[number] as string;
  if (number >= 80) {
    return number === 80 ? "quatre-vingts" : `quatre-vingt-${frenchUnits[number - 80]}`;
  }
  const ten = Math.min(6, Math.floor(number / 10));
  const rest = number - 10 * ten;
  if (rest === 0) return frenchTens[ten] as string;
  // vingt et un, soixante et onze; but vingt-deux.
  const link = rest === 1 || rest === 11 ? " et " : "-";
  return `${frenchTens[ten]}${link}${frenchUnits[rest]}`;
}

const germanUnits = named(
  "null eins zwei drei vier fünf sechs sieben acht neun zehn elf zwölf dreizehn vierzehn fünfzehn sechzehn siebzehn achtzehn neunzehn",
);
const germanTens = named("- - zwanzig dreißig vierzig fünfzig sechzig siebzig achtzig neunzig");

function german(number: number): string {
  const count = (unit: number): string => (unit === 1 ? "ein" : (germanUnits[unit] as string));
  const rest = (left: number): string => (left === 0 ? "" : german(left));
  if (number >= 1000) return `${count(Math.floor(number / 1000))}tausend${rest(number % 1000)}`;
  if (number >= 100) return `${count(Math.floor(number / 100))}hundert${rest(number % 100)}`;
  if (number < 20) return germanUnits[number] as string;
  const ten = germanTens[Math.floor(number / 10)] as string;
  return number % 10 === 0 ? ten : `${count(number % 10)}und${ten}`;
}

const chineseDigits = [..."零一二三四五六七八九"];
const chinesePlaces = ["", "十", "百", "千"];

/** 一千零五, 二百一十二; but 十二, without a digit before the ten. */
function chinese(number: number): string {
  if (number === 0) return chineseDigits[0] as string;
  let text = "";
  const digits = [...String(number)].map(Number);
  digits.forEach((digit, index) => {
    if (digit === 0) {
      // One zero stands for all that follow each other; those at the end are not spoken.
      const isMeant = digits.slice(index).some((later) => later > 0);
      if (isMeant && !text.endsWith("零")) text += "零";
      return;
    }
    text += `${chineseDigits[digit]}${chinesePlaces[digits.length - 1 - index]}`;
  });
  return number >= 10 && number < 20 ? text.slice(1) : text;
}
