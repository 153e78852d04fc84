/** @file English phrases for the map, by what they are about: those of the French list, where both say it so. */

import { groupNames } from "./groupNames.ts";
import type { PhraseGroup } from "./groups.ts";

export const englishPhrases: readonly PhraseGroup[] = [
  {
    name: groupNames.times,
    phrases: [
      ...["last night", "tomorrow morning", "last week", "next week", "two years ago"],
      ...["for the last two years", "in the last two years", "for three days", "the day before"],
      ...["in a few days", "every morning", "at the end of the month"],
      "at the beginning of the year",
    ],
  },
  {
    name: groupNames.places,
    phrases: [
      ...["in France", "in Japan", "in the United States", "in Paris", "in Europe"],
      ...["all over the world", "in the developing countries", "at home", "in my room"],
      ...["in the garden", "in front of the station", "near the river"],
      "in the middle of the street",
    ],
  },
  {
    name: groupNames.amounts,
    phrases: [
      ...["a lot of money", "a little water", "too much work", "more than a hundred euros"],
      ...["half of the cake", "two cups of coffee", "several million euros"],
      ...["a large number of countries", "most of the people", "a few books", "a dozen eggs"],
      ...["little time", "the majority of the members"],
    ],
  },
  {
    name: groupNames.people,
    phrases: [
      ...["my father", "my mother", "my parents", "his older brother", "her little sister"],
      ...["the teacher", "a student", "the doctor", "the children", "our neighbor"],
      ...["the old lady", "the president", "a friend of my brother's"],
    ],
  },
  {
    name: groupNames.questions,
    phrases: [
      ...["Where do you live?", "Where is the station?", "What time is it?", "How are you?"],
      ...["Why are you crying?", "Who is that man?", "What are you doing?", "Are you hungry?"],
      ...["How much does it cost?", "When does he arrive?", "Do you speak French?"],
      ...["Are you coming?", "Can you help me?"],
    ],
  },
  {
    name: groupNames.requests,
    phrases: [
      ...["Open the door.", "Close the window.", "Help me, please.", "Come here.", "Sit down."],
      ...["Don't speak so fast.", "Don't forget your umbrella.", "Wait a minute."],
      ...["Give me a glass of water.", "Be quiet.", "Leave me alone.", "Look at me."],
      "Let's go to the movies.",
    ],
  },
  {
    name: groupNames.feelings,
    phrases: [
      ...["I am tired.", "I am not tired.", "I am hungry.", "She is happy.", "I like coffee."],
      ...["I don't like coffee.", "I don't know.", "Tom is sick.", "I don't have time."],
      ...["He doesn't want to come.", "She is afraid of dogs.", "We are late.", "It is cold."],
    ],
  },
  {
    name: groupNames.parliament,
    phrases: [
      ...["the European Parliament", "the European Commission", "the Member States"],
      ...["the committee's report", "the Commission's proposal"],
      ...["the common agricultural policy", "human rights", "women's rights"],
      ...["the protection of the environment", "on behalf of my group", "The debate is closed."],
      ...["The vote will take place tomorrow.", "I would like to thank the rapporteur."],
    ],
  },
];
