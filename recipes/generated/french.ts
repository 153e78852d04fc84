/** @file French sentences about numbers, names and times, with their English. */

import type { Random } from "../../src/tensor/random.ts";
import {
  between,
  englishClock,
  englishDigits,
  englishMonths,
  type Filling,
  type Frame,
  nameSlot,
  oneOf,
  type Slots,
} from "./frames.ts";
import { french as names } from "./names.ts";
import { englishNumeral, frenchNumeral } from "./numerals.ts";

const months =
  "janvier février mars avril mai juin juillet août septembre octobre novembre décembre".split(" ");
const weekdays: readonly Filling[] = [
  ["lundi", "Monday"],
  ["mardi", "Tuesday"],
  ["mercredi", "Wednesday"],
  ["jeudi", "Thursday"],
  ["vendredi", "Friday"],
  ["samedi", "Saturday"],
  ["dimanche", "Sunday"],
];

/** A number in words, or in digits, on both sides. */
function spelled(random: Random, number: number, share = 0.5): Filling {
  if (random.integer(1000) < 1000 * share) return [frenchNumeral(number), englishNumeral(number)];
  // French separates thousands by a space, from 10,000 on always.
  const digits = number < 10_000 && random.integer(2) === 0 ? String(number) : spaced(number);
  return [digits, englishDigits(number)];
}

const spaced = (number: number): string => englishDigits(number).replaceAll(",", " ");

function price(random: Random): Filling {
  const [currency, english] = oneOf(random, [
    ["euros", "euros"],
    ["euros", "euros"],
    ["dollars", "dollars"],
  ] as const);
  if (random.integer(4) === 0) {
    const [whole, cents] = [between(random, 2, 99), oneOf(random, ["20", "50", "80", "90", "99"])];
    return [`${whole},${cents} ${currency}`, `${whole}.${cents} ${english}`];
  }
  const amount = oneOf(random, [
    between(random, 2, 99),
    between(random, 100, 999),
    between(random, 10, 90) * 100,
  ]);
  const [number, words] = spelled(random, amount, 0.4);
  return [`${number} ${currency}`, `${words} ${english}`];
}

function date(random: Random): Filling {
  const [day, month] = [between(random, 1, 28), between(random, 0, 11)];
  const year = random.integer(2) === 0 ? "" : String(between(random, 1900, 2030));
  const french = `${day === 1 ? "1er" : day} ${months[month]}`;
  return [`${french}${year && ` ${year}`}`, `${englishMonths[month]} ${day}${year && `, ${year}`}`];
}

const hourWords = (hour: number): string =>
  hour === 1 ? "une heure" : `${frenchNumeral(hour)} heures`;

function time(random: Random): Filling {
  const hour = between(random, 1, 11);
  const minutes = oneOf(random, [5, 10, 20, 25]);
  const english = englishNumeral(hour);
  const next = hour + 1 === 12 ? ["midi", "noon"] : [hourWords(hour + 1), englishNumeral(hour + 1)];
  return oneOf<Filling>(random, [
    [hourWords(hour), `${english} o'clock`],
    [hourWords(hour), `${english} o'clock`],
    [`${hourWords(hour)} et demie`, `half past ${english}`],
    [`${hourWords(hour)} et demie`, `half past ${english}`],
    [`${hourWords(hour)} et quart`, `a quarter past ${english}`],
    [`${next[0]} moins le quart`, `a quarter to ${next[1]}`],
    [`${hourWords(hour)} ${frenchNumeral(minutes)}`, `${englishNumeral(minutes)} past ${english}`],
    [`${next[0]} moins ${frenchNumeral(minutes)}`, `${englishNumeral(minutes)} to ${next[1]}`],
    ["midi", "noon"],
    ["minuit", "midnight"],
    clock(random),
    clock(random),
    clock(random),
  ]);
}

function clock(random: Random): Filling {
  const [hour, minute] = [between(random, 1, 23), 5 * between(random, 0, 11)];
  const shown = minute === 0 ? "" : String(minute).padStart(2, "0");
  const french = oneOf(random, [`${hour} h ${shown}`, `${hour}h${shown}`, `${hour} h ${shown}`]);
  return [french.trim(), englishClock(hour, minute)];
}

const millions = (random: Random): Filling => {
  const number = between(random, 2, 90);
  const [words, english] = spelled(random, number);
  return [`${words} millions`, `${english} million`];
};

/** The places of the frames below. */
export const frenchSlots: Slots = {
  man: nameSlot(names.men),
  woman: nameSlot(names.women),
  surname: nameSlot(names.surnames),
  town: nameSlot(names.towns),
  origin: nameSlot(names.origins),
  place: nameSlot(names.places),
  age: (random) => spelled(random, between(random, 2, 99), 0.6),
  small: (random) => spelled(random, between(random, 2, 12), 0.9),
  count: (random) => spelled(random, between(random, 2, 99), 0.6),
  large: (random) =>
    // None ends in one, which would be une before a feminine noun.
    spelled(random, oneOf(random, [10 * between(random, 10, 99), 100 * between(random, 10, 99)])),
  huge: (random) => spelled(random, 1000 * between(random, 10, 900), 0.3),
  minutes: (random) => spelled(random, 5 * between(random, 1, 11), 0.6),
  number: (random) => {
    const digits = String(between(random, 2, 499));
    return [digits, digits];
  },
  millions,
  price,
  date,
  time,
  year: (random) => {
    const year = String(between(random, 1789, 2035));
    return [year, year];
  },
  month: (random) => {
    const month = between(random, 0, 11);
    return [months[month] as string, englishMonths[month] as string];
  },
  weekday: (random) => oneOf(random, weekdays),
};

/** De and que lose their e before a name that begins with a vowel, or with the silent h of Hélène. */
export const frenchElision = (text: string, at: string): string =>
  text.replace(
    new RegExp(`\\b([Dd]|[Qq]u)e ${at}(?=[AEIOUÉÈÊÎÔaeiouéèêîô]|H[eé])`, "g"),
    `$1'${at}`,
  );

export const frenchFrames: readonly Frame[] = [
  // Names.
  ["{man} est mon meilleur ami.", "{man} is my best friend."],
  ["{woman} est ma meilleure amie.", "{woman} is my best friend."],
  ["Je m'appelle {man}.", "My name is {man}."],
  ["Je m'appelle {woman}.", "My name is {woman}."],
  ["Je m'appelle {man} {surname}.", "My name is {man} {surname}."],
  ["Mon nom est {woman} {surname}.", "My name is {woman} {surname}."],
  ["Moi, c'est {man}.", "I'm {man}."],
  ["Mon frère s'appelle {man}.", "My brother's name is {man}."],
  ["Ma sœur s'appelle {woman}.", "My sister's name is {woman}."],
  [
    "Mon fils s'appelle {man} et ma fille {woman}.",
    "My son's name is {man} and my daughter's is {woman}.",
  ],
  ["Voici mon ami {man}.", "This is my friend {man}."],
  ["Voici {woman}, ma femme.", "This is {woman}, my wife."],
  ["Je te présente {man}.", "This is {man}."],
  ["Bonjour, {man} !", "Hello, {man}!"],
  ["Bonjour {woman}, comment vas-tu ?", "Hello {woman}, how are you?"],
  ["Salut {man}, tu vas bien ?", "Hi {man}, how are you?"],
  ["Bonsoir, {woman}.", "Good evening, {woman}."],
  ["Bonne nuit, {man}.", "Good night, {man}."],
  ["Au revoir, {woman} !", "Goodbye, {woman}!"],
  ["À demain, {man} !", "See you tomorrow, {man}!"],
  ["À bientôt, {woman} !", "See you soon, {woman}!"],
  ["Merci, {man}.", "Thank you, {man}."],
  ["Merci beaucoup, madame {surname}.", "Thank you very much, Mrs. {surname}."],
  ["De rien, {woman}.", "You're welcome, {woman}."],
  ["Je vous en prie, monsieur {surname}.", "You're welcome, Mr. {surname}."],
  ["Enchanté, {man}.", "Nice to meet you, {man}."],
  ["Enchantée, madame {surname}.", "Nice to meet you, Mrs. {surname}."],
  ["Joyeux anniversaire, {woman} !", "Happy birthday, {woman}!"],
  ["Joyeux Noël, {man} !", "Merry Christmas, {man}!"],
  ["Félicitations, {woman} !", "Congratulations, {woman}!"],
  ["Bienvenue à {town}, {man} !", "Welcome to {town}, {man}!"],
  ["Bonne chance, {man} !", "Good luck, {man}!"],
  ["Bon voyage, {woman} !", "Have a nice trip, {woman}!"],
  ["Monsieur {surname} est occupé.", "Mr. {surname} is busy."],
  ["Madame {surname} est notre professeure de français.", "Mrs. {surname} is our French teacher."],
  ["Est-ce que monsieur {surname} est là ?", "Is Mr. {surname} there?"],
  ["Je voudrais parler à madame {surname}.", "I would like to speak to Mrs. {surname}."],
  ["Le docteur {surname} vous attend.", "Doctor {surname} is waiting for you."],
  ["{man} et {woman} se sont mariés en {year}.", "{man} and {woman} got married in {year}."],
  ["{man1} est plus grand que {man2}.", "{man1} is taller than {man2}."],
  ["{woman1} est plus jeune que {woman2}.", "{woman1} is younger than {woman2}."],
  ["C'est la voiture de {man}.", "It's {man}'s car."],
  ["Le chien de {woman} est malade.", "{woman}'s dog is sick."],
  ["As-tu vu {man} ?", "Have you seen {man}?"],
  ["Où est {woman} ?", "Where is {woman}?"],
  ["Connais-tu {man} {surname} ?", "Do you know {man} {surname}?"],
  ["{man} n'est pas venu.", "{man} didn't come."],
  ["{woman} ne viendra pas demain.", "{woman} won't come tomorrow."],
  ["Je pense que {woman} a raison.", "I think that {woman} is right."],
  ["{man} a téléphoné ce matin.", "{man} called this morning."],
  // Places.
  ["J'habite à {town}.", "I live in {town}."],
  ["Je suis né à {town}.", "I was born in {town}."],
  ["{man} vit à {town} depuis {small} ans.", "{man} has lived in {town} for {small} years."],
  ["{woman} travaille à {town}.", "{woman} works in {town}."],
  ["Nous allons à {town} la semaine prochaine.", "We are going to {town} next week."],
  ["Je n'ai jamais été à {town}.", "I have never been to {town}."],
  ["Le train pour {town} part à {time}.", "The train to {town} leaves at {time}."],
  ["Combien de temps faut-il pour aller à {town} ?", "How long does it take to get to {town}?"],
  ["Il fait très chaud à {town} en {month}.", "It is very hot in {town} in {month}."],
  ["{town} est une très belle ville.", "{town} is a very beautiful city."],
  ["Je viens {origin}.", "I come {origin}."],
  ["Mon mari vient {origin}.", "My husband comes {origin}."],
  ["{man} vient {origin}, mais il vit {place}.", "{man} comes {origin}, but he lives {place}."],
  ["Nous avons passé nos vacances {place}.", "We spent our vacation {place}."],
  ["Ma tante habite {place}.", "My aunt lives {place}."],
  ["Je voudrais voyager {place}.", "I would like to travel {place}."],
  // Ages, numbers, prices.
  ["J'ai {age} ans.", "I am {age} years old."],
  ["Il a {age} ans.", "He is {age} years old."],
  ["Ma mère a {age} ans.", "My mother is {age} years old."],
  ["Mon père aura {age} ans en {month}.", "My father will be {age} in {month}."],
  [
    "{man} a {age} ans et {woman} en a {count}.",
    "{man} is {age} years old and {woman} is {count}.",
  ],
  ["Il est mort à l'âge de {age} ans.", "He died at the age of {age}."],
  ["Cet arbre a {large} ans.", "This tree is {large} years old."],
  ["Nous sommes mariés depuis {count} ans.", "We have been married for {count} years."],
  ["J'ai appris le français pendant {small} ans.", "I studied French for {small} years."],
  ["Il y a {count} élèves dans cette école.", "There are {count} students in this school."],
  ["Nous avons {count} employés.", "We have {count} employees."],
  ["Ce livre a {large} pages.", "This book has {large} pages."],
  [
    "J'ai acheté {small} pommes et {small1} oranges.",
    "I bought {small} apples and {small1} oranges.",
  ],
  ["Il a {small} enfants.", "He has {small} children."],
  ["Cette maison coûte {huge} euros.", "This house costs {huge} euros."],
  ["Cette ville a {huge} habitants.", "This town has {huge} inhabitants."],
  ["Ce pays a {millions} d'habitants.", "This country has {millions} inhabitants."],
  [
    "Plus de {millions} de personnes ont vu ce film.",
    "More than {millions} people have seen this movie.",
  ],
  ["Ça coûte {price}.", "It costs {price}."],
  ["Ça fait {price}.", "That's {price}."],
  ["Le billet coûte {price}.", "The ticket costs {price}."],
  ["J'ai payé {price} pour ces chaussures.", "I paid {price} for these shoes."],
  ["Cette montre vaut {price}.", "This watch is worth {price}."],
  ["Peux-tu me prêter {price} ?", "Can you lend me {price}?"],
  ["C'est à {count} kilomètres d'ici.", "It's {count} kilometers from here."],
  ["La gare est à {minutes} minutes à pied.", "The station is a {minutes}-minute walk away."],
  ["Ma chambre est la {number}.", "My room is number {number}."],
  ["Prenez le bus {number}.", "Take bus {number}."],
  ["Ouvrez le livre à la page {number}.", "Open the book to page {number}."],
  ["J'habite au {number}, rue {surname}.", "I live at {number} {surname} Street."],
  ["Il a perdu {count} kilos.", "He lost {count} kilos."],
  ["{count} pour cent des élèves sont absents.", "{count} percent of the students are absent."],
  // Times.
  ["Il est presque {time}.", "It's almost {time}."],
  ["Il est déjà {time} !", "It's already {time}!"],
  ["Le cours commence à {time}.", "The class starts at {time}."],
  ["Rendez-vous à {time} devant la gare.", "Let's meet at {time} in front of the station."],
  ["Je me lève à {time}.", "I get up at {time}."],
  ["Elle est arrivée à {time}.", "She arrived at {time}."],
  ["Le magasin ferme à {time}.", "The store closes at {time}."],
  [
    "Le film commence à {time1} et finit à {time2}.",
    "The movie starts at {time1} and ends at {time2}.",
  ],
  ["L'avion a {minutes} minutes de retard.", "The plane is {minutes} minutes late."],
  ["Nous sommes le {date}.", "Today is {date}."],
  ["La réunion aura lieu le {date}.", "The meeting will take place on {date}."],
  ["Je suis né le {date}.", "I was born on {date}."],
  ["{man} est né le {date} à {town}.", "{man} was born on {date} in {town}."],
  ["{woman} est née en {year}.", "{woman} was born in {year}."],
  ["Ils se sont rencontrés en {month} {year}.", "They met in {month} {year}."],
  ["La guerre a pris fin en {year}.", "The war ended in {year}."],
  ["Le contrat a été signé le {date}.", "The contract was signed on {date}."],
  ["Cette église a été construite en {year}.", "This church was built in {year}."],
  ["Je travaille ici depuis {year}.", "I have worked here since {year}."],
  ["À {weekday}, {woman} !", "See you on {weekday}, {woman}!"],
  ["Le musée est fermé le {weekday}.", "The museum is closed on {weekday}s."],
  ["{man} arrive {weekday} à {time}.", "{man} arrives on {weekday} at {time}."],
];
