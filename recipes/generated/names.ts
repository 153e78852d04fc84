/** @file Names of people and places in two languages, for sentences that a corpus has too few of. */

/** A name in the other language, and in English. */
export type NamePair = readonly [other: string, english: string];

const same = (names: string): readonly NamePair[] =>
  names.split(" ").map((name) => [name, name] as const);

/** Pairs as "autre=English", separated by commas. */
const pairs = (text: string): readonly NamePair[] =>
  text.split(",").map((pair) => pair.trim().split("=") as [string, string]);

/** Names that are written the same in French and in English. */
export const french = {
  men: same(
    "Paul Pierre Lucas Louis Hugo Jules Arthur Antoine Nicolas Julien Thomas Alexandre Mathieu Guillaume Olivier Philippe François Michel Bernard Alain Patrick Christophe Laurent Sébastien David Daniel Samuel Simon Martin Gabriel Raphaël Adam Noah Ethan Maxime Clément Romain Benoît Cédric Damien Denis Didier Fabrice Franck Frédéric Gérard Grégoire Jacques Jérôme Karim Mehdi Mohamed Ahmed Omar Rachid Marc Marcel Mathis Nathan Pascal Quentin René Robert Roger Serge Stéphane Théo Thierry Tristan Valentin Vincent Xavier Yann Igor Ivan Pedro Carlos Diego Luca Marco Hans Kenji Wei Raj Kofi André Émile Étienne Éric Emile Albert Henri Édouard Charles",
  ),
  women: same(
    "Sophie Camille Léa Manon Chloé Emma Inès Sarah Laura Julie Pauline Marion Mathilde Claire Anne Catherine Isabelle Nathalie Sylvie Valérie Véronique Sandrine Céline Aurélie Caroline Charlotte Juliette Louise Alice Jeanne Lucie Margaux Justine Élise Élodie Émilie Éva Zoé Jade Lola Lina Rose Anna Clara Clémence Delphine Fatima Amina Leïla Samira Yasmine Florence Françoise Geneviève Hélène Irène Jacqueline Laetitia Martine Monique Nicole Odile Patricia Simone Solène Stéphanie Suzanne Thérèse Victoire Virginie Olga Natacha Maria Carmen Lucia Giulia Ingrid Yuki Mei Priya Aya Maëlle Noémie Agathe Amélie Audrey Bénédicte Brigitte Colette Estelle",
  ),
  surnames: same(
    "Martin Bernard Dubois Durand Moreau Laurent Lefebvre Michel Garcia Bertrand Roux Vincent Fournier Morel Girard Mercier Dupont Lambert Bonnet Faure Rousseau Blanc Guérin Boyer Garnier Chevalier Gauthier Perrin Robin Clément Morin Nicolas Henry Roussel Mathieu Masson Marchand Duval Denis Dumont Lemaire Noël Meyer Dufour Brun Blanchard Giraud Joly Rivière Lucas Brunet Gaillard Barbier Arnaud Martinez Gérard Roche Renard Schmitt Leroux Colin Vidal Caron Picard Fabre Aubert Hubert Bourgeois Pelletier Charpentier Benali Nguyen Traoré Diallo Lopez Fischer Rossi Novak Tanaka Smith Johnson Brown",
  ),
  towns: [
    ...same(
      "Lille Nice Nantes Strasbourg Bordeaux Rennes Reims Toulon Grenoble Dijon Angers Nîmes Brest Limoges Tours Amiens Metz Besançon Orléans Rouen Caen Nancy Avignon Cannes Annecy Toulouse Montpellier Lyon Marseille Berlin Madrid Amsterdam Oslo Stockholm Helsinki Budapest Milan Munich Zurich Tokyo Osaka Sydney Melbourne Chicago Miami Dakar Abidjan Tunis Rabat Casablanca Mumbai Toronto Vancouver Lausanne Liège Namur Dublin Manchester Liverpool",
    ),
    ...pairs(
      "Londres=London,Bruxelles=Brussels,Genève=Geneva,Rome=Rome,Venise=Venice,Florence=Florence,Naples=Naples,Turin=Turin,Barcelone=Barcelona,Séville=Seville,Lisbonne=Lisbon,Vienne=Vienna,Prague=Prague,Varsovie=Warsaw,Athènes=Athens,Moscou=Moscow,Copenhague=Copenhagen,Cologne=Cologne,Hambourg=Hamburg,Bâle=Basel,Berne=Bern,Anvers=Antwerp,Édimbourg=Edinburgh,Alger=Algiers,Dubaï=Dubai,Pékin=Beijing,Shanghai=Shanghai,Séoul=Seoul,Mexico=Mexico City,Québec=Quebec,Montréal=Montreal,New York=New York,San Francisco=San Francisco,Los Angeles=Los Angeles,Bucarest=Bucharest,Kiev=Kiev,Beyrouth=Beirut,Jérusalem=Jerusalem",
    ),
  ],
  /** Countries with the preposition that says where one comes from. */
  origins: pairs(
    "de France=from France,d'Italie=from Italy,d'Espagne=from Spain,d'Allemagne=from Germany,de Belgique=from Belgium,de Suisse=from Switzerland,de Suède=from Sweden,de Norvège=from Norway,de Finlande=from Finland,de Pologne=from Poland,de Grèce=from Greece,de Turquie=from Turkey,de Russie=from Russia,de Chine=from China,d'Inde=from India,de Corée=from Korea,d'Algérie=from Algeria,de Tunisie=from Tunisia,d'Égypte=from Egypt,d'Argentine=from Argentina,de Colombie=from Colombia,d'Australie=from Australia,d'Irlande=from Ireland,d'Angleterre=from England,d'Écosse=from Scotland,d'Autriche=from Austria,de Hongrie=from Hungary,d'Ukraine=from Ukraine,de Roumanie=from Romania,du Portugal=from Portugal,du Japon=from Japan,du Canada=from Canada,du Mexique=from Mexico,du Brésil=from Brazil,du Chili=from Chile,du Pérou=from Peru,du Sénégal=from Senegal,du Cameroun=from Cameroon,du Liban=from Lebanon,du Danemark=from Denmark,du Vietnam=from Vietnam,des États-Unis=from the United States,des Pays-Bas=from the Netherlands",
  ),
  /** The same countries, where one is or goes. */
  places: pairs(
    "en France=in France,en Italie=in Italy,en Espagne=in Spain,en Allemagne=in Germany,en Belgique=in Belgium,en Suisse=in Switzerland,en Suède=in Sweden,en Norvège=in Norway,en Pologne=in Poland,en Grèce=in Greece,en Turquie=in Turkey,en Russie=in Russia,en Chine=in China,en Inde=in India,en Algérie=in Algeria,en Tunisie=in Tunisia,en Égypte=in Egypt,en Argentine=in Argentina,en Australie=in Australia,en Irlande=in Ireland,en Angleterre=in England,en Écosse=in Scotland,en Autriche=in Austria,au Portugal=in Portugal,au Japon=in Japan,au Canada=in Canada,au Mexique=in Mexico,au Brésil=in Brazil,au Pérou=in Peru,au Sénégal=in Senegal,au Liban=in Lebanon,au Danemark=in Denmark,au Vietnam=in Vietnam,aux États-Unis=in the United States,aux Pays-Bas=in the Netherlands,en Europe=in Europe,en Afrique=in Africa,en Asie=in Asia,en Bretagne=in Brittany,en Provence=in Provence",
  ),
} as const;

/** Characters of Chinese names with their sound; no sound twice, so that a name can be read back. */
const givenCharacters = {
  men: pairs(
    "伟=wei,强=qiang,磊=lei,军=jun,勇=yong,杰=jie,涛=tao,超=chao,明=ming,刚=gang,平=ping,辉=hui,鹏=peng,飞=fei,波=bo,斌=bin,浩=hao,宇=yu,龙=long,峰=feng,建=jian,国=guo,志=zhi,文=wen,海=hai,东=dong,亮=liang,凯=kai,健=jian,成=cheng,林=lin,光=guang,天=tian,昊=hao,博=bo,泽=ze,航=hang,凡=fan,康=kang,振=zhen",
  ),
  women: pairs(
    "芳=fang,娜=na,敏=min,静=jing,丽=li,艳=yan,娟=juan,霞=xia,秀=xiu,燕=yan,玲=ling,桂=gui,兰=lan,英=ying,华=hua,红=hong,梅=mei,雪=xue,婷=ting,慧=hui,颖=ying,琳=lin,萍=ping,洁=jie,倩=qian,云=yun,月=yue,莉=li,佳=jia,晓=xiao,欣=xin,怡=yi,梦=meng,思=si,雨=yu,蕾=lei,薇=wei,珍=zhen,香=xiang,春=chun",
  ),
} as const;

/** Pairs of which each sound occurs once. */
const bySound = (all: readonly NamePair[]): readonly NamePair[] =>
  all.filter(([, sound], index) => all.findIndex(([, other]) => other === sound) === index);

/** Names in Chinese, and how they are written in English. */
export const chinese = {
  surnames: bySound(
    pairs(
      "王=Wang,李=Li,张=Zhang,刘=Liu,陈=Chen,杨=Yang,赵=Zhao,黄=Huang,周=Zhou,吴=Wu,徐=Xu,孙=Sun,胡=Hu,朱=Zhu,高=Gao,林=Lin,何=He,郭=Guo,马=Ma,罗=Luo,梁=Liang,宋=Song,郑=Zheng,谢=Xie,韩=Han,唐=Tang,冯=Feng,于=Yu,董=Dong,萧=Xiao,程=Cheng,曹=Cao,袁=Yuan,邓=Deng,许=Xu,傅=Fu,沈=Shen,曾=Zeng,彭=Peng,吕=Lü,苏=Su,卢=Lu,蒋=Jiang,蔡=Cai,贾=Jia,丁=Ding,魏=Wei,薛=Xue,叶=Ye,潘=Pan,杜=Du,钟=Zhong,田=Tian,任=Ren,方=Fang,石=Shi,姚=Yao,廖=Liao,孔=Kong,白=Bai,崔=Cui,康=Kang,邱=Qiu,江=Jiang,史=Shi",
    ),
  ),
  given: {
    men: bySound(givenCharacters.men),
    women: bySound(givenCharacters.women),
  },
  /** Foreign names as Chinese writes them. */
  foreignMen: pairs(
    "大卫=David,约翰=John,迈克=Mike,杰克=Jack,彼得=Peter,保罗=Paul,马丁=Martin,查理=Charlie,詹姆斯=James,亚当=Adam,丹尼尔=Daniel,罗伯特=Robert,威廉=William,乔治=George,亨利=Henry,托马斯=Thomas,安德鲁=Andrew,马克=Mark,史蒂夫=Steve,弗兰克=Frank,比尔=Bill,鲍勃=Bob,皮埃尔=Pierre,卡洛斯=Carlos,阿里=Ali",
  ),
  foreignWomen: pairs(
    "安娜=Anna,爱丽丝=Alice,苏珊=Susan,露西=Lucy,简=Jane,莉莉=Lily,艾米=Amy,凯特=Kate,琳达=Linda,珍妮=Jenny,艾玛=Emma,索菲=Sophie,海伦=Helen,劳拉=Laura,萨拉=Sarah,南希=Nancy,伊丽莎白=Elizabeth,克莱尔=Claire,朱莉=Julie,玛丽亚=Maria,卡门=Carmen,娜塔莎=Natasha",
  ),
  towns: pairs(
    "北京=Beijing,上海=Shanghai,广州=Guangzhou,深圳=Shenzhen,天津=Tianjin,重庆=Chongqing,南京=Nanjing,杭州=Hangzhou,成都=Chengdu,武汉=Wuhan,西安=Xi'an,苏州=Suzhou,长沙=Changsha,青岛=Qingdao,大连=Dalian,厦门=Xiamen,济南=Jinan,哈尔滨=Harbin,沈阳=Shenyang,昆明=Kunming,福州=Fuzhou,郑州=Zhengzhou,合肥=Hefei,桂林=Guilin,拉萨=Lhasa,香港=Hong Kong,澳门=Macau,台北=Taipei,高雄=Kaohsiung,东京=Tokyo,大阪=Osaka,京都=Kyoto,首尔=Seoul,新加坡=Singapore,曼谷=Bangkok,巴黎=Paris,伦敦=London,柏林=Berlin,罗马=Rome,马德里=Madrid,莫斯科=Moscow,纽约=New York,洛杉矶=Los Angeles,旧金山=San Francisco,芝加哥=Chicago,多伦多=Toronto,悉尼=Sydney,墨尔本=Melbourne,日内瓦=Geneva,维也纳=Vienna",
  ),
  countries: pairs(
    "中国=China,日本=Japan,韩国=South Korea,泰国=Thailand,越南=Vietnam,印度=India,法国=France,德国=Germany,英国=Britain,意大利=Italy,西班牙=Spain,葡萄牙=Portugal,俄罗斯=Russia,瑞士=Switzerland,瑞典=Sweden,美国=America,加拿大=Canada,墨西哥=Mexico,巴西=Brazil,埃及=Egypt,澳大利亚=Australia,新西兰=New Zealand",
  ),
} as const;
