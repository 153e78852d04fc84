/** @file French phrases for the map, by what they are about; words of the first lessons and of a parliament. */

import { groupNames } from "./groupNames.ts";
import type { PhraseGroup } from "./groups.ts";

export const frenchPhrases: readonly PhraseGroup[] = [
  {
    name: groupNames.times,
    phrases: [
      ...["hier soir", "demain matin", "la semaine dernière", "la semaine prochaine"],
      ...["il y a deux ans", "depuis deux ans", "au cours des deux dernières années"],
      ...["pendant trois jours", "le jour précédent", "dans quelques jours", "tous les matins"],
      ...["à la fin du mois", "au début de l'année"],
    ],
  },
  {
    name: groupNames.places,
    phrases: [
      ...["en France", "au Japon", "aux États-Unis", "à Paris", "en Europe"],
      ...["dans le monde entier", "dans les pays en développement", "à la maison"],
      ...["dans ma chambre", "dans le jardin", "devant la gare", "près de la rivière"],
      "au milieu de la rue",
    ],
  },
  {
    name: groupNames.amounts,
    phrases: [
      ...["beaucoup d'argent", "un peu d'eau", "trop de travail", "plus de cent euros"],
      ...["la moitié du gâteau", "deux tasses de café", "plusieurs millions d'euros"],
      ...["un grand nombre de pays", "la plupart des gens", "quelques livres"],
      ...["une douzaine d'œufs", "peu de temps", "la majorité des membres"],
    ],
  },
  {
    name: groupNames.people,
    phrases: [
      ...["mon père", "ma mère", "mes parents", "son frère aîné", "sa petite sœur"],
      ...["le professeur", "un étudiant", "le médecin", "les enfants", "notre voisin"],
      ...["la vieille dame", "le président", "un ami de mon frère"],
    ],
  },
  {
    name: groupNames.questions,
    phrases: [
      ...["Où habites-tu ?", "Où est la gare ?", "Quelle heure est-il ?", "Comment allez-vous ?"],
      ...["Pourquoi pleures-tu ?", "Qui est cet homme ?", "Que fais-tu ?", "As-tu faim ?"],
      ...["Combien ça coûte ?", "Quand arrive-t-il ?", "Parlez-vous anglais ?"],
      ...["Est-ce que tu viens ?", "Pouvez-vous m'aider ?"],
    ],
  },
  {
    name: groupNames.requests,
    phrases: [
      ...["Ouvre la porte.", "Ferme la fenêtre.", "Aidez-moi, s'il vous plaît.", "Viens ici."],
      ...["Assieds-toi.", "Ne parle pas si vite.", "N'oublie pas ton parapluie."],
      ...["Attendez une minute.", "Donne-moi un verre d'eau.", "Tais-toi."],
      ...["Laisse-moi tranquille.", "Regarde-moi.", "Allons au cinéma."],
    ],
  },
  {
    name: groupNames.feelings,
    phrases: [
      ...["Je suis fatigué.", "Je ne suis pas fatigué.", "J'ai faim.", "Elle est heureuse."],
      ...["J'aime le café.", "Je n'aime pas le café.", "Je ne sais pas.", "Tom est malade."],
      ...["Je n'ai pas le temps.", "Il ne veut pas venir.", "Elle a peur des chiens."],
      ...["Nous sommes en retard.", "Il fait froid."],
    ],
  },
  {
    name: groupNames.parliament,
    phrases: [
      ...["le Parlement européen", "la Commission européenne", "les États membres"],
      ...["le rapport de la commission", "la proposition de la Commission"],
      ...["la politique agricole commune", "les droits de l'homme", "les droits des femmes"],
      ...["la protection de l'environnement", "au nom de mon groupe", "Le débat est clos."],
      ...["Le vote aura lieu demain.", "Je voudrais remercier le rapporteur."],
    ],
  },
];
