/** @file French sentences to try, each with its meaning; most of them in words that the bundled models know. */

import type { Example, ExampleGroup } from "./example.ts";

const sentence = (text: string, en: string, zh: string): Example => ({
  text,
  meaning: { en, zh },
});

export const frenchExamples: readonly ExampleGroup[] = [
  {
    name: { en: "Short", zh: "短句" },
    examples: [
      sentence("Je suis étudiant.", "I am a student.", "我是学生。"),
      sentence("Bonjour !", "Hello!", "你好！"),
      sentence("Merci beaucoup.", "Thank you very much.", "非常感谢。"),
      sentence("Il fait froid.", "It is cold.", "天气很冷。"),
      sentence("J'ai faim.", "I am hungry.", "我饿了。"),
      sentence("Elle dort.", "She is sleeping.", "她在睡觉。"),
    ],
  },
  {
    name: { en: "Questions", zh: "问句" },
    examples: [
      sentence("Où est la gare ?", "Where is the station?", "车站在哪里？"),
      sentence("Quelle heure est-il maintenant ?", "What time is it now?", "现在几点？"),
      sentence("Que fais-tu ?", "What are you doing?", "你在做什么？"),
      sentence("Pourquoi est-il en colère ?", "Why is he angry?", "他为什么生气？"),
      sentence("Est-ce que tu viens avec nous ?", "Are you coming with us?", "你跟我们一起来吗？"),
    ],
  },
  {
    name: { en: "Words change places", zh: "语序不同" },
    examples: [
      sentence(
        "Le chat noir dort sur la table.",
        "The black cat is sleeping on the table.",
        "黑猫在桌子上睡觉。",
      ),
      sentence(
        "Je ne sais pas où il habite.",
        "I do not know where he lives.",
        "我不知道他住在哪里。",
      ),
      sentence(
        "Elle m'a donné un livre intéressant.",
        "She gave me an interesting book.",
        "她给了我一本有趣的书。",
      ),
      sentence("Je te l'ai déjà dit.", "I have already told you.", "我已经告诉过你了。"),
      sentence("J'ai acheté une voiture rouge.", "I bought a red car.", "我买了一辆红色的车。"),
      sentence("Il n'y a plus de lait.", "There is no milk left.", "没有牛奶了。"),
    ],
  },
  {
    name: { en: "Numbers and names", zh: "数字与人名地名" },
    examples: [
      sentence(
        "Elle est née à Paris en 1990.",
        "She was born in Paris in 1990.",
        "她 1990 年出生在巴黎。",
      ),
      sentence("Tom a trente ans.", "Tom is thirty years old.", "汤姆三十岁。"),
      sentence(
        "Nous avons passé trois semaines au Japon.",
        "We spent three weeks in Japan.",
        "我们在日本待了三个星期。",
      ),
      sentence("La guerre a commencé en 1939.", "The war began in 1939.", "战争开始于 1939 年。"),
      sentence(
        "Paris est la capitale de la France.",
        "Paris is the capital of France.",
        "巴黎是法国的首都。",
      ),
    ],
  },
  {
    name: { en: "Long", zh: "长句" },
    examples: [
      sentence(
        "L'accord sur l'Espace économique européen a été signé en août 1992.",
        "The agreement on the European Economic Area was signed in August 1992.",
        "《欧洲经济区协定》于 1992 年 8 月签署。",
      ),
      sentence(
        "Quand je suis arrivé à la gare, le train était déjà parti.",
        "When I arrived at the station, the train had already left.",
        "我到车站的时候，火车已经开走了。",
      ),
      sentence(
        "Si j'avais assez d'argent, j'achèterais une nouvelle voiture.",
        "If I had enough money, I would buy a new car.",
        "如果我有足够的钱，我会买一辆新车。",
      ),
      sentence(
        "La Commission a présenté une proposition qui a été approuvée par le Parlement européen.",
        "The Commission put forward a proposal, which was approved by the European Parliament.",
        "委员会提出了一项提案，该提案得到了欧洲议会的批准。",
      ),
      sentence(
        "Je pense que le Parlement européen doit adopter cette proposition le plus rapidement possible.",
        "I think that the European Parliament must adopt this proposal as quickly as possible.",
        "我认为欧洲议会必须尽快通过这项提案。",
      ),
    ],
  },
  {
    name: { en: "Hard for a small model", zh: "小模型难以译对" },
    examples: [
      sentence(
        "Les avocats mangent des avocats.",
        "The lawyers are eating avocados. (“Avocat” means both.)",
        "律师们在吃牛油果。（avocat 兼有两义。）",
      ),
      sentence(
        "Il pleut des cordes.",
        "It is pouring. (Word for word: “it rains ropes”.)",
        "大雨倾盆。（字面意思：下绳子。）",
      ),
      sentence(
        "Marie Curie est née à Varsovie en 1867.",
        "Marie Curie was born in Warsaw in 1867.",
        "玛丽·居里 1867 年生于华沙。",
      ),
    ],
  },
];
