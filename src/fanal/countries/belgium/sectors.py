"""Sectors of activity: the sections of NACE, and the sectors where the risk is known to be higher."""

from fanal.country.schema import Fact, Text, code_list

NACE = "NACE Rev. 2, Regulation (EC) 1893/2006, sections"
RISK = "Myria, reports of 2023; Myria, page on the multidisciplinary approach (sectors of targeted checks)"

_SECTIONS = {
    "A": Text(
        "Agriculture, sylviculture et pêche",
        "Landbouw, bosbouw en visserij",
        "Land- und Forstwirtschaft, Fischerei",
        "Agriculture, forestry and fishing",
    ),
    "B": Text("Industries extractives", "Winning van delfstoffen", "Bergbau", "Mining and quarrying"),
    "C": Text("Industrie manufacturière", "Industrie", "Verarbeitendes Gewerbe", "Manufacturing"),
    "D": Text(
        "Électricité, gaz, vapeur et air conditionné",
        "Elektriciteit, gas, stoom en gekoelde lucht",
        "Energieversorgung",
        "Electricity, gas, steam and air conditioning",
    ),
    "E": Text(
        "Eau, assainissement et déchets",
        "Water, afvalwater en afval",
        "Wasser, Abwasser und Abfall",
        "Water supply, sewerage and waste",
    ),
    "F": Text("Construction", "Bouwnijverheid", "Baugewerbe", "Construction"),
    "G": Text(
        "Commerce ; réparation de véhicules",
        "Handel; reparatie van voertuigen",
        "Handel; Reparatur von Kraftfahrzeugen",
        "Trade; repair of motor vehicles",
    ),
    "H": Text(
        "Transports et entreposage", "Vervoer en opslag", "Verkehr und Lagerei", "Transport and storage"
    ),
    "I": Text(
        "Hébergement et restauration",
        "Horeca",
        "Gastgewerbe",
        "Accommodation and food service",
    ),
    "J": Text(
        "Information et communication",
        "Informatie en communicatie",
        "Information und Kommunikation",
        "Information and communication",
    ),
    "K": Text(
        "Finance et assurance",
        "Financiën en verzekeringen",
        "Finanzen und Versicherungen",
        "Finance and insurance",
    ),
    "L": Text("Immobilier", "Vastgoed", "Immobilien", "Real estate"),
    "M": Text(
        "Activités spécialisées, scientifiques et techniques",
        "Vrije beroepen, wetenschap en techniek",
        "Freiberufliche, wissenschaftliche und technische Dienste",
        "Professional, scientific and technical activities",
    ),
    "N": Text(
        "Services administratifs et de soutien",
        "Administratieve en ondersteunende diensten",
        "Sonstige wirtschaftliche Dienstleistungen",
        "Administrative and support services",
    ),
    "O": Text(
        "Administration publique", "Openbaar bestuur", "Öffentliche Verwaltung", "Public administration"
    ),
    "P": Text("Enseignement", "Onderwijs", "Unterricht", "Education"),
    "Q": Text(
        "Santé humaine et action sociale",
        "Gezondheidszorg en maatschappelijke dienstverlening",
        "Gesundheits- und Sozialwesen",
        "Human health and social work",
    ),
    "R": Text(
        "Arts, spectacles et loisirs",
        "Kunst, amusement en recreatie",
        "Kunst, Unterhaltung und Erholung",
        "Arts and recreation",
    ),
    "S": Text("Autres services", "Overige diensten", "Sonstige Dienstleistungen", "Other services"),
    "T": Text(
        "Ménages en tant qu’employeurs",
        "Huishoudens als werkgever",
        "Private Haushalte als Arbeitgeber",
        "Households as employers",
    ),
    "U": Text(
        "Organismes extraterritoriaux",
        "Extraterritoriale organisaties",
        "Exterritoriale Organisationen",
        "Extraterritorial organisations",
    ),
}

_RISK = {
    "A-HORTI": Text(
        "Horticulture et récoltes", "Tuinbouw en oogst", "Gartenbau und Ernte", "Horticulture and harvest"
    ),
    "C-BAKERY": Text("Boulangerie", "Bakkerij", "Bäckerei", "Bakery"),
    "C-MEAT": Text(
        "Transformation de la viande", "Vleesverwerking", "Fleischverarbeitung", "Meat processing"
    ),
    "C-TEXTILE": Text(
        "Textile, ateliers de confection",
        "Textiel, naaiateliers",
        "Textil, Nähwerkstätten",
        "Textile, sewing workshops",
    ),
    "F-RENOV": Text(
        "Rénovation de bâtiments", "Renovatie van gebouwen", "Gebäuderenovierung", "Renovation of buildings"
    ),
    "G-CARWASH": Text("Car-wash", "Carwash", "Autowäsche", "Car wash"),
    "G-NIGHTSHOP": Text("Magasin de nuit", "Nachtwinkel", "Nachtladen", "Night shop"),
    "H-PARCEL": Text("Livraison de colis", "Pakketbezorging", "Paketzustellung", "Parcel delivery"),
    "H-ROAD": Text("Transport routier", "Wegvervoer", "Straßentransport", "Road transport"),
    "I-RESTAURANT": Text("Restaurants", "Restaurants", "Restaurants", "Restaurants"),
    "Q-CARE": Text(
        "Soins et aide aux personnes", "Zorg en hulp aan personen", "Pflege und Betreuung", "Care"
    ),
    "R-RIDING": Text("Centres équestres", "Maneges en paardenstallen", "Reitställe", "Riding stables"),
    "S-NAILS": Text("Bars à ongles", "Nagelstudio’s", "Nagelstudios", "Nail bars"),
    "T-DOMESTIC": Text("Travail domestique", "Huishoudelijk werk", "Hausarbeit", "Domestic work"),
    "T-DIPLOMATIC": Text(
        "Personnel domestique de diplomates",
        "Huispersoneel van diplomaten",
        "Hauspersonal von Diplomaten",
        "Domestic staff of diplomats",
    ),
}

CODES: tuple[Fact, ...] = (
    *code_list("sector", NACE, _SECTIONS),
    *code_list(
        "sector",
        RISK,
        _RISK,
        flags={code: ("risk", f"nace:{code[0]}") for code in _RISK},
    ),
)
