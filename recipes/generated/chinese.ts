/** @file Chinese sentences about numbers, names and times, with their English. */

import type { Random } from "../../src/tensor/random.ts";
import {
  between,
  englishDigits,
  englishMonths,
  type Filling,
  type Frame,
  nameSlot,
  oneOf,
  type Slots,
} from "./frames.ts";
import { chinese as names } from "./names.ts";
import { chineseCount, chineseDigits, chineseNumeral, englishNumeral } from "./numerals.ts";

/** A number in characters and English words, or in digits on both sides. */
function spelled(random: Random, number: number, share = 0.6): Filling {
  const isInWords = random.integer(1000) < 1000 * share;
  if (isInWords) return [chineseCount(number), englishNumeral(number)];
  return [String(number), englishDigits(number)];
}

/** A name of family name and one or two given ones: 王小明, Wang Xiaoming. */
function chineseName(random: Random, given: readonly Filling[]): Filling {
  const [family, familyInEnglish] = oneOf(random, names.surnames);
  const own = Array.from({ length: between(random, 1, 2) }, () => oneOf(random, given));
  const sound = own.map(([, each]) => each).join("");
  return [family + own.map(([each]) => each).join(""), `${familyInEnglish} ${large(sound)}`];
}

const large = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1);

const { men, women } = names.given;

const anyName = (random: Random): Filling =>
  random.integer(3) === 0
    ? oneOf(random, [...names.foreignMen, ...names.foreignWomen])
    : chineseName(random, oneOf(random, [men, women]));

/** What a child is called: 小明, Xiaoming. */
const child = (random: Random): Filling => {
  const [character, sound] = oneOf(random, oneOf(random, [men, women]));
  return [`小${character}`, `Xiao${sound}`];
};

function price(random: Random): Filling {
  const [currency, english] = oneOf(random, [
    ["块钱", "yuan"],
    ["块", "yuan"],
    ["元", "yuan"],
    ["美元", "dollars"],
    ["日元", "yen"],
  ] as const);
  const amount = oneOf(random, [
    between(random, 2, 99),
    between(random, 100, 999),
    between(random, 10, 90) * 100,
  ]);
  const [number, words] = spelled(random, amount);
  return [number + currency, `${words} ${english}`];
}

/** A number of people, as Chinese counts them: in 万 and 亿. */
function population(random: Random): Filling {
  const [size, name] = oneOf(random, [
    [1e4, "万"],
    [1e6, "百万"],
    [1e6, "万"],
    [1e8, "亿"],
  ] as const);
  const number = between(random, 2, name === "百万" ? 9 : 90) * size;
  const isInWords = random.integer(3) > 0;
  const short = name === "百万" ? number / 1e4 : number / (name === "亿" ? 1e8 : 1e4);
  const unit = name === "亿" ? "亿" : "万";
  return [isInWords ? chineseCount(number) : `${short}${unit}`, inMillions(number, isInWords)];
}

function inMillions(number: number, isInWords: boolean): string {
  if (number >= 1e9) return `${number / 1e9} billion`;
  if (number < 1e6) return isInWords ? englishNumeral(number) : englishDigits(number);
  const count = number / 1e6;
  return `${isInWords ? englishNumeral(count) : count} million`;
}

function date(random: Random): Filling {
  const [day, month] = [between(random, 1, 28), between(random, 1, 12)];
  const year = between(random, 1900, 2030);
  const isWithYear = random.integer(2) === 0;
  const english = `${englishMonths[month - 1]} ${day}${isWithYear ? `, ${year}` : ""}`;
  const isInWords = random.integer(4) === 0;
  const number = (value: number): string => (isInWords ? chineseNumeral(value) : String(value));
  const written = `${number(month)}月${number(day)}${oneOf(random, ["日", "号"])}`;
  const yearText = isInWords ? chineseDigits(year) : String(year);
  return [isWithYear ? `${yearText}年${written}` : written, english];
}

function yearOf(random: Random): Filling {
  const year = between(random, 1800, 2035);
  return [random.integer(4) === 0 ? chineseDigits(year) : String(year), String(year)];
}

const halves: readonly Filling[] = [
  ["早上", "in the morning"],
  ["上午", "in the morning"],
  ["下午", "in the afternoon"],
  ["晚上", "in the evening"],
];

function time(random: Random): Filling {
  const hour = between(random, 1, 11);
  const [chinese, english] = [`${chineseCount(hour)}点`, englishNumeral(hour)];
  const minute = 5 * between(random, 1, 11);
  const clock = `${hour}:${String(minute).padStart(2, "0")}`;
  const spoken = `${chinese}${minute < 10 ? "零" : ""}${chineseNumeral(minute)}分`;
  const whole = oneOf<Filling>(random, [
    [chinese, `${english} o'clock`],
    [`${hour}点`, `${hour} o'clock`],
    [`${chinese}半`, `half past ${english}`],
    [`${chinese}一刻`, `a quarter past ${english}`],
    [`差一刻${chinese}`, `a quarter to ${english}`],
    [spoken, clock],
    [clock, clock],
    [`${hour}点${minute}分`, clock],
  ]);
  if (random.integer(2) === 0) return whole;
  const [half, halfInEnglish] = oneOf(random, halves);
  return [half + whole[0], `${whole[1].replace(" o'clock", "")} ${halfInEnglish}`];
}

/** The places of the frames below. */
export const chineseSlots: Slots = {
  name: anyName,
  man: (random) =>
    random.integer(3) === 0 ? oneOf(random, names.foreignMen) : chineseName(random, men),
  woman: (random) =>
    random.integer(3) === 0 ? oneOf(random, names.foreignWomen) : chineseName(random, women),
  child,
  surname: nameSlot(names.surnames),
  town: nameSlot(names.towns),
  country: nameSlot(names.countries),
  age: (random) => spelled(random, between(random, 2, 99)),
  count: (random) => spelled(random, between(random, 2, 99)),
  small: (random) => spelled(random, between(random, 2, 12), 0.8),
  large: (random) =>
    spelled(random, oneOf(random, [between(random, 100, 999), 100 * between(random, 10, 99)])),
  minutes: (random) => spelled(random, 5 * between(random, 1, 11)),
  number: (random) => {
    const digits = String(between(random, 2, 499));
    return [digits, digits];
  },
  percent: (random) => {
    const number = between(random, 2, 99);
    return random.integer(2) === 0
      ? [`百分之${chineseNumeral(number)}`, `${englishNumeral(number)} percent`]
      : [`${number}%`, `${number} percent`];
  },
  population,
  price,
  date,
  time,
  year: yearOf,
  month: (random) => {
    const month = between(random, 1, 12);
    const isInWords = random.integer(2) === 0;
    return [`${isInWords ? chineseNumeral(month) : month}月`, englishMonths[month - 1] as string];
  },
};

export const chineseFrames: readonly Frame[] = [
  // Names.
  ["我的名字是{name}。", "My name is {name}."],
  [
    "我姓{surname}，我的英文名字是{man}。",
    "My family name is {surname}, and my English name is {man}.",
  ],
  ["他叫{man}。", "His name is {man}."],
  ["她叫{woman}。", "Her name is {woman}."],
  ["我哥哥叫{man}。", "My older brother's name is {man}."],
  ["我的女儿叫{child}。", "My daughter's name is {child}."],
  ["这是我的朋友{name}。", "This is my friend {name}."],
  ["{name}，你好！", "Hello, {name}!"],
  ["{name}，晚上好。", "Good evening, {name}."],
  ["谢谢你，{child}。", "Thank you, {child}."],
  ["再见，{name}！", "Goodbye, {name}!"],
  ["{child}，生日快乐！", "Happy birthday, {child}!"],
  ["{child}，快过来！", "Come here, {child}!"],
  ["{surname}老师今天没来。", "Teacher {surname} didn't come today."],
  ["{surname}老师，您好！", "Hello, Teacher {surname}!"],
  ["{surname}先生很忙。", "Mr. {surname} is busy."],
  ["{surname}小姐在吗？", "Is Miss {surname} there?"],
  ["请问您是{surname}先生吗？", "Excuse me, are you Mr. {surname}?"],
  ["{surname}医生在等你。", "Doctor {surname} is waiting for you."],
  ["{surname}教授写了一本关于{country}的书。", "Professor {surname} wrote a book about {country}."],
  ["{name}是我最好的朋友。", "{name} is my best friend."],
  ["{name}不在家。", "{name} is not at home."],
  ["你认识{name}吗？", "Do you know {name}?"],
  ["你看见{child}了吗？", "Have you seen {child}?"],
  ["{name1}和{name2}结婚了。", "{name1} and {name2} got married."],
  ["{name1}和{name2}是好朋友。", "{name1} and {name2} are good friends."],
  ["{child1}比{child2}高。", "{child1} is taller than {child2}."],
  ["这是{name}的车。", "This is {name}'s car."],
  ["{child}的狗病了。", "{child}'s dog is sick."],
  ["昨天我看见{name}了。", "I saw {name} yesterday."],
  ["我觉得{child}很可爱。", "I think that {child} is cute."],
  ["{child}喜欢画画。", "{child} likes drawing."],
  ["{child}每天都去游泳。", "{child} goes swimming every day."],
  ["老师表扬了{child}。", "The teacher praised {child}."],
  ["{name}是一位有名的画家。", "{name} is a famous painter."],
  ["这首诗是{name}写的。", "This poem was written by {name}."],
  ["{man}爱上了{woman}。", "{man} fell in love with {woman}."],
  // Places.
  ["我住在{town}。", "I live in {town}."],
  ["我来自{town}。", "I come from {town}."],
  ["她是{town}人。", "She is from {town}."],
  ["{name}在{town}出生。", "{name} was born in {town}."],
  ["{name}在{town}住了{small}年。", "{name} has lived in {town} for {small} years."],
  ["我在{town}学习了{small}年。", "I studied in {town} for {small} years."],
  ["下个星期我们要去{town}。", "We are going to {town} next week."],
  ["你去过{town}吗？", "Have you ever been to {town}?"],
  ["从{town1}到{town2}有多远？", "How far is it from {town1} to {town2}?"],
  ["去{town}的火车{time}开。", "The train to {town} leaves at {time}."],
  ["{town}的夏天很热。", "Summers in {town} are very hot."],
  ["{town}是一座美丽的城市。", "{town} is a beautiful city."],
  ["他从{country}来。", "He comes from {country}."],
  ["我没去过{country}。", "I have never been to {country}."],
  ["{name}在{country}工作。", "{name} works in {country}."],
  // Ages, numbers, prices.
  ["我今年{age}岁。", "I am {age} years old."],
  ["他{age}岁了。", "He is {age} years old."],
  ["我妈妈今年{age}岁。", "My mother is {age} years old this year."],
  ["{child}{age}岁了。", "{child} is {age} years old."],
  ["他{age}岁的时候去世了。", "He died at the age of {age}."],
  ["这棵树有{large}年了。", "This tree is {large} years old."],
  ["他们结婚{count}年了。", "They have been married for {count} years."],
  ["我学中文学了{small}年。", "I have studied Chinese for {small} years."],
  ["我们班有{count}个学生。", "There are {count} students in our class."],
  ["这个公司有{large}个员工。", "This company has {large} employees."],
  ["这本书有{large}页。", "This book has {large} pages."],
  ["我买了{small}个苹果。", "I bought {small} apples."],
  ["桌子上有{small}个杯子。", "There are {small} cups on the table."],
  ["他有{small}个孩子。", "He has {small} children."],
  ["我们等了{count}分钟。", "We waited for {count} minutes."],
  ["我每天睡{small}个小时。", "I sleep {small} hours every day."],
  ["这件衣服{price}。", "This dress costs {price}."],
  ["一共{price}。", "That's {price} in total."],
  ["这双鞋多少钱？{price}。", "How much are these shoes? {price}."],
  ["我花了{price}买这块手表。", "I paid {price} for this watch."],
  ["你能借给我{price}吗？", "Can you lend me {price}?"],
  ["一张票要{price}。", "A ticket costs {price}."],
  ["{town}的人口超过{population}。", "The population of {town} is over {population}."],
  ["这个国家的人口是{population}。", "The population of this country is {population}."],
  ["有{population}人看过这部电影。", "{population} people have seen this movie."],
  ["大约有{population}人说这种语言。", "About {population} people speak this language."],
  ["{percent}的学生同意了。", "{percent} of the students agreed."],
  ["离这里有{count}公里。", "It's {count} kilometers from here."],
  ["我住在{number}号房间。", "I am staying in room {number}."],
  ["请坐{number}路公共汽车。", "Please take bus number {number}."],
  ["请翻到第{number}页。", "Please turn to page {number}."],
  // Times.
  ["我{time}睡觉。", "I go to bed at {time}."],
  ["已经{time}了。", "It's already {time}."],
  ["快{time}了。", "It's almost {time}."],
  ["会议{time}开始。", "The meeting starts at {time}."],
  ["商店{time}关门。", "The store closes at {time}."],
  ["我们{time}在车站见面吧。", "Let's meet at the station at {time}."],
  ["飞机晚点了{minutes}分钟。", "The plane is {minutes} minutes late."],
  ["今天是{date}。", "Today is {date}."],
  ["我的生日是{date}。", "My birthday is {date}."],
  ["他们{date}结婚。", "They will get married on {date}."],
  ["{name}生于{year}年。", "{name} was born in {year}."],
  ["{name}死于{year}年。", "{name} died in {year}."],
  ["战争在{year}年结束了。", "The war ended in {year}."],
  ["这座桥是{year}年建的。", "This bridge was built in {year}."],
  ["{year}年{month}我去了{country}。", "I went to {country} in {month} {year}."],
  ["我们是{year}年{month}认识的。", "We met in {month} {year}."],
  ["从{year}年开始，我一直住在{town}。", "I have lived in {town} since {year}."],
];
