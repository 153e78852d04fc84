/**
 * Words that are shipped however rare they are: words that the demonstrations need, and names, which the
 * list of English words lacks. Each theme is a cluster that readers will look for on the map.
 */
export const themes: Readonly<Record<string, string>> = {
  royalty: `king queen prince princess monarch throne crown duke duchess emperor empress kingdom royal
    palace reign heir nobleman lord lady baron knight castle monarchy`,
  people: `man woman men women boy girl boys girls child children baby adult teenager gentleman lady
    person people friend neighbor stranger guy hero heroine widow widower bride groom bachelor`,
  family: `father mother son daughter brother sister uncle aunt nephew niece cousin grandfather
    grandmother grandson granddaughter husband wife parents parent siblings twin twins stepfather
    stepmother dad mom grandparents grandchildren`,
  professions: `actor actress waiter waitress doctor nurse teacher professor student engineer lawyer
    carpenter baker butcher farmer fisherman soldier pilot sailor painter sculptor poet novelist writer
    journalist photographer musician singer dancer composer conductor scientist physicist chemist
    biologist mathematician astronomer philosopher historian economist architect dentist surgeon
    pharmacist plumber electrician mechanic tailor hairdresser barber cook chef bartender librarian
    secretary accountant programmer host hostess landlord landlady steward stewardess priest nun monk`,
  countries: `france italy germany spain portugal england scotland wales ireland britain netherlands
    belgium luxembourg switzerland austria denmark sweden norway finland iceland poland czech slovakia
    hungary romania bulgaria greece turkey cyprus malta croatia serbia slovenia bosnia albania macedonia
    montenegro ukraine belarus russia estonia latvia lithuania moldova georgia armenia azerbaijan
    kazakhstan uzbekistan mongolia china japan korea taiwan vietnam thailand laos cambodia malaysia
    singapore indonesia philippines india pakistan bangladesh nepal afghanistan iran iraq syria lebanon
    israel jordan kuwait qatar oman yemen egypt libya tunisia algeria morocco sudan ethiopia somalia
    kenya uganda tanzania rwanda congo nigeria ghana senegal mali cameroon angola zambia zimbabwe
    mozambique madagascar namibia botswana canada america usa mexico guatemala honduras nicaragua panama
    cuba jamaica haiti colombia venezuela ecuador peru bolivia chile argentina uruguay paraguay brazil
    australia zealand fiji europe africa asia arabia antarctica siberia`,
  capitals: `paris rome berlin madrid lisbon london edinburgh cardiff dublin amsterdam brussels bern
    vienna copenhagen stockholm oslo helsinki reykjavik warsaw prague bratislava budapest bucharest sofia
    athens ankara nicosia zagreb belgrade ljubljana sarajevo tirana skopje kiev minsk moscow tallinn
    riga vilnius tbilisi yerevan baku tashkent beijing tokyo seoul pyongyang taipei hanoi bangkok manila
    jakarta delhi islamabad dhaka kathmandu kabul tehran baghdad damascus beirut jerusalem amman riyadh
    doha cairo tripoli tunis algiers rabat khartoum nairobi kampala kigali lagos accra dakar luanda
    lusaka harare pretoria ottawa washington havana kingston bogota caracas quito lima santiago brasilia
    canberra wellington`,
  cities: `milan naples venice florence turin genoa palermo lyon marseille bordeaux lille nice toulouse
    strasbourg munich hamburg frankfurt cologne dresden leipzig stuttgart zurich geneva barcelona
    valencia seville porto manchester liverpool birmingham oxford cambridge glasgow belfast bristol leeds
    york boston chicago philadelphia detroit houston dallas seattle denver miami atlanta phoenix
    baltimore hollywood vegas orleans manhattan brooklyn montreal toronto vancouver quebec shanghai
    guangzhou shenzhen nanjing wuhan hong kong macau osaka kyoto hiroshima nagasaki mumbai calcutta
    madras sydney melbourne auckland istanbul casablanca johannesburg petersburg rio`,
  places: `california texas florida alaska hawaii virginia carolina georgia ohio michigan illinois
    pennsylvania massachusetts arizona colorado nevada oregon utah kansas iowa kentucky tennessee
    louisiana alabama mississippi minnesota wisconsin bavaria tuscany sicily normandy brittany catalonia
    atlantic pacific mediterranean baltic caribbean alps himalayas andes sahara amazon nile danube rhine
    thames seine volga tibet balkans scandinavia`,
  nationalities: `french italian german spanish portuguese english scottish welsh irish british dutch
    belgian swiss austrian danish swedish norwegian finnish polish hungarian romanian bulgarian greek
    turkish croatian serbian ukrainian russian chinese japanese korean vietnamese thai indonesian
    malaysian filipino indian pakistani afghan iranian persian iraqi syrian lebanese israeli arab arabic
    egyptian moroccan nigerian kenyan ethiopian african american canadian mexican cuban colombian
    peruvian chilean argentine brazilian australian european asian latin hebrew hindi sanskrit latino
    americans germans russians italians britons europeans africans asians chinese`,
  faiths: `christian christians muslim muslims jewish jews buddhist hindu catholic catholics protestant
    islam islamic christianity judaism buddhism hinduism bible koran church mosque temple synagogue
    easter christmas ramadan jesus god`,
  calendar: `monday tuesday wednesday thursday friday saturday sunday january february march april may
    june july august september october november december spring summer autumn winter morning afternoon
    evening night midnight noon today yesterday tomorrow weekend century decade`,
  numbers: `one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen
    sixteen seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred
    thousand million billion first second third fourth fifth half quarter zero dozen`,
  money: `dollar dollars euro euros pound pounds yen franc francs lira lire peso pesos ruble rubles rupee
    rupees yuan currency coin`,
  animals: `dog dogs cat cats puppy puppies kitten kittens horse horses cow cows bull calf pig pigs sheep
    lamb lambs goat goats chicken chickens hen rooster duck ducks goose geese turkey rabbit rabbits mouse
    mice rat rats hamster lion lions tiger tigers leopard elephant elephants giraffe zebra monkey monkeys
    gorilla chimpanzee bear bears wolf wolves fox foxes deer moose camel donkey kangaroo panda koala whale
    whales dolphin dolphins shark sharks fish salmon trout tuna seal penguin penguins eagle eagles hawk
    falcon owl crow raven pigeon sparrow parrot swan snake snakes lizard crocodile alligator turtle frog
    toad spider spiders ant ants bee bees wasp butterfly butterflies mosquito fly beetle worm snail crab
    lobster shrimp octopus squid animal animals bird birds insect insects reptile mammal mammals dinosaur
    dinosaurs pet pets zoo`,
  food: `bread butter cheese milk cream egg eggs meat beef pork ham bacon sausage steak soup salad pasta
    spaghetti pizza sushi noodles rice potato potatoes tomato tomatoes onion onions garlic carrot carrots
    cabbage spinach lettuce cucumber pepper beans peas corn mushroom mushrooms apple apples pear peach
    plum cherry grape grapes banana bananas orange oranges lemon lemons lime mango pineapple strawberry
    strawberries raspberry melon coconut olive nut nuts almond walnut chocolate cake cakes cookie cookies
    biscuit pie pancake pudding candy sugar salt honey jam mustard vinegar sauce oil coffee tea juice
    water beer wine whisky whiskey vodka champagne cider breakfast lunch dinner supper dessert sandwich
    sandwiches hamburger snack spice spices herb herbs cinnamon ginger basil parsley flour dough yogurt
    delicious tasty sweet sour bitter salty spicy hungry thirsty`,
  colours: `red orange yellow green blue purple violet pink brown black white gray grey gold silver
    crimson scarlet turquoise beige color colors bright dark pale`,
  body: `head face hair eye eyes ear ears nose mouth lip lips tooth teeth tongue chin cheek neck throat
    shoulder shoulders arm arms elbow wrist hand hands finger fingers thumb chest breast stomach belly back
    hip leg legs knee knees ankle foot feet toe toes skin bone bones muscle muscles blood heart lung lungs
    liver kidney brain nerve skull`,
  clothes: `shirt shirts trousers pants jeans skirt dress coat jacket sweater scarf hat cap glove gloves
    sock socks shoe shoes boot boots belt tie pocket sleeve collar button leather silk wool cotton linen
    velvet robe apron uniform`,
  home: `house houses apartment room kitchen bedroom bathroom cellar attic garden roof wall door doors
    window windows floor ceiling stairs table tables chair chairs sofa bed desk lamp mirror carpet curtain
    pillow blanket cupboard shelf oven refrigerator knife fork spoon plate bowl cup glass bottle pot pan`,
  vehicles: `car cars truck trucks bus buses taxi bicycle bicycles bike motorcycle train trains tram subway
    airplane airplanes plane planes helicopter ship ships boat boats ferry yacht submarine rocket wheel
    wheels engine brake tire road highway bridge tunnel railway harbor airport`,
  nature: `sun moon star stars planet planets earth mars venus jupiter saturn mercury neptune galaxy comet
    sky cloud clouds rain snow ice wind storm thunder lightning fog hail rainbow hurricane tornado flood
    drought earthquake volcano mountain mountains hill valley river rivers lake lakes sea ocean island
    beach desert forest jungle meadow field rock stone sand mud tree trees oak pine birch maple leaf leaves
    root branch flower flowers rose roses tulip lily daisy grass moss fern bush seed seeds`,
  science: `physics chemistry biology mathematics algebra geometry calculus astronomy geology medicine
    psychology philosophy history geography grammar linguistics economics atom atoms molecule molecules
    electron proton neutron gene genes cell cells virus bacteria energy gravity quantum theory theorem
    equation einstein newton darwin galileo aristotle plato oxygen hydrogen nitrogen carbon iron copper
    uranium laser telescope microscope computer computers software hardware keyboard internet robot robots
    algorithm database language languages word words sentence translate translation dictionary`,
  arts: `music song songs melody piano violin cello guitar flute trumpet drum drums clarinet saxophone
    organ harp orchestra symphony opera concert jazz rock blues hip hop painting paintings sculpture
    picasso monet rembrandt mozart beethoven bach chopin shakespeare dickens tolstoy goethe novel novels
    poem poems poetry theater cinema movie movies film films dance ballet museum gallery photograph`,
  sports: `football soccer basketball baseball hockey tennis golf rugby cricket volleyball boxing
    wrestling skiing skating swimming surfing rowing jogging cycling gymnastics athletics chess racket
    bat ball goal goals referee coach stadium olympic olympics champion champions medal`,
  verbs: `walk walks walking walked swim swims swimming swam run runs running ran go goes going went gone
    see sees seeing saw seen eat eats eating ate eaten drink drinks drinking drank drunk sing sings singing
    sang sung write writes writing wrote written read reads reading speak speaks speaking spoke spoken
    think thinks thinking thought know knows knowing knew known take takes taking took taken give gives
    giving gave given fly flies flying flew flown drive drives driving drove driven fall falls falling fell
    fallen dance dances dancing danced play plays playing played work works working worked jump jumps
    jumping jumped sleep sleeps sleeping slept buy buys buying bought sell sells selling sold teach teaches
    teaching taught learn learns learning learned laugh laughs laughing laughed cry cries crying cried
    climb climbs climbing climbed build builds building built break breaks breaking broke broken`,
  comparisons: `good better best bad worse worst big bigger biggest small smaller smallest large larger
    largest long longer longest short shorter shortest tall taller tallest high higher highest low lower
    lowest strong stronger strongest weak weaker weakest fast faster fastest slow slower slowest hot hotter
    hottest cold colder coldest warm warmer warmest cool cooler coolest old older oldest young younger
    youngest new newer newest rich richer richest poor poorer poorest heavy heavier heaviest light lighter
    lightest dark darker darkest bright brighter brightest easy easier easiest hard harder hardest cheap
    cheaper cheapest great greater greatest wide wider widest deep deeper deepest loud louder loudest`,
  opposites: `happy unhappy sad angry glad love hate hope fear joy sorrow possible impossible legal illegal
    certain uncertain known unknown fair unfair honest dishonest responsible irresponsible rational
    irrational logical illogical aware unaware quick quickly slow slowly quiet quietly sudden suddenly
    easy easily rare rarely usual usually complete completely beautiful ugly clean dirty early late true
    false open closed empty full beginning end win lose victory defeat war peace birth death friend enemy`,
  names: `john james robert michael william david richard joseph thomas charles peter paul george edward
    henry frank daniel mark steven kevin mary anna anne elizabeth susan margaret sarah jennifer linda
    barbara nancy karen lisa helen laura emily julia maria jane alice martin simon philip alexander victor
    pierre jean jacques hans karl giovanni carlos jose juan antonio ivan boris`,
};

/** Every word of the themes, without duplicates. */
export function themeWords(): Set<string> {
  return new Set(Object.values(themes).flatMap((words) => words.trim().split(/\s+/)));
}
