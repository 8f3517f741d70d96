"""A small knowledge base that tests own: eight services, four bodies, three languages.

tests/small_files.py writes it.
"""

from __future__ import annotations

TODAY = "2026-11-01"
LANGUAGES = {
    "sv": '{code: sv, name: "Svenska", english: "Swedish", script: Latn, dir: ltr, complete: true}',
    "en": '{code: en, name: "English", english: "English", script: Latn, dir: ltr, complete: true}',
    "ar": '{code: ar, name: "العربية", english: "Arabic", script: Arab, dir: rtl, complete: true}',
}
AUTHORITIES = {
    "forsakringskassan": ("Försäkringskassan", "stat", "0771-524 524"),
    "skatteverket": ("Skatteverket", "stat", "0771-567 567"),
    "kommun": ("Kommunen", "kommun", None),
    "sos_alarm": ("SOS Alarm", "sos", "112"),
}
EXPLAINED = {
    "sv": "en myndighet i Sverige",
    "en": "a public body in Sweden",
    "ar": "جهة عامة في السويد",
}
# id -> (authority, life event)
SERVICES = {
    "vab": ("forsakringskassan", "familj"),
    "bostadsbidrag": ("forsakringskassan", "boende"),
    "sjukpenning": ("forsakringskassan", "arbete"),
    "forskola": ("kommun", "familj"),
    "forsorjningsstod": ("kommun", "boende"),
    "flyttanmalan": ("skatteverket", "boende"),
    "id_kort": ("skatteverket", "familj"),
    "nodsamtal": ("sos_alarm", "familj"),
}
BOUNDARIES = {
    "pengar_till_hyran": ("bostadsbidrag", "forsorjningsstod"),
    "barn_hemma": ("vab", "forskola"),
}
# language -> service -> name, summary, why, phrases
WORDS: dict[str, dict[str, tuple[str, str, str, list[str]]]] = {
    "sv": {
        "vab": (
            "Vård av sjukt barn",
            "Pengar när ditt barn är sjukt och du inte kan arbeta.",
            "Försäkringskassan betalar när du är hemma med ett sjukt barn.",
            [
                "vabba",
                "mitt barn är sjukt och jag kan inte arbeta",
                "min dotter har feber och jag måste stanna hemma från jobbet",
                "hur anmäler jag vab för min son",
                "barnet är sjukt får jag pengar",
                "hemma med sjukt barn ersättning",
                "min son kräks och jag missar arbetet",
                "ersättning när barnet har feber",
            ],
        ),
        "bostadsbidrag": (
            "Bostadsbidrag",
            "Bidrag till hyran för barnfamiljer med låg inkomst.",
            "Försäkringskassan betalar bostadsbidrag till barnfamiljer.",
            [
                "ansöka om bostadsbidrag",
                "bidrag till hyran för barnfamilj",
                "vi har barn och dyr hyra kan vi få bidrag",
                "bostadsbidrag för familj med låg inkomst",
                "hur mycket bostadsbidrag får vi",
                "hyran är hög och vi har tre barn",
                "ändra inkomst för bostadsbidraget",
                "hjälp med hyran",
            ],
        ),
        "sjukpenning": (
            "Sjukpenning",
            "Pengar när du själv är sjuk och inte kan arbeta.",
            "Försäkringskassan betalar när du själv är sjuk länge.",
            [
                "ansöka om sjukpenning",
                "jag är sjuk och kan inte arbeta",
                "sjukskriven sedan en månad vem betalar",
                "läkarintyg för sjukpenning",
                "jag har ont i ryggen och är sjukskriven",
                "sjukpenning efter två veckor",
                "får jag pengar när jag är sjuk",
                "min sjukskrivning tar slut",
            ],
        ),
        "forskola": (
            "Plats i förskola",
            "Kommunen ger plats i förskola eller på dagis.",
            "Kommunen ansvarar för förskolan.",
            [
                "söka plats i förskola",
                "dagisplats till min dotter",
                "kö till förskolan",
                "vad kostar dagis",
                "vi behöver barnomsorg medan vi arbetar",
                "byta förskola för min son",
                "när börjar inskolning på förskolan",
                "barnomsorg på kvällen",
            ],
        ),
        "forsorjningsstod": (
            "Försörjningsstöd",
            "Stöd från kommunen när pengarna inte räcker till mat och hyra.",
            "Kommunens socialtjänst prövar försörjningsstöd.",
            [
                "ansöka om försörjningsstöd",
                "pengarna räcker inte till mat",
                "socialbidrag från kommunen",
                "jag har inga pengar kvar den här månaden",
                "ekonomiskt bistånd socialtjänsten",
                "jag kan inte betala mat och räkningar",
                "soc bidrag",
                "hjälp med hyran utan inkomst",
            ],
        ),
        "flyttanmalan": (
            "Flyttanmälan",
            "Anmäl din nya adress när du flyttar.",
            "Skatteverket sköter folkbokföringen.",
            [
                "anmäla flytt",
                "jag har flyttat till en ny adress",
                "ändra adress hos skatteverket",
                "var anmäler jag min nya adress",
                "flyttanmälan till utlandet",
                "vi flyttar nästa månad",
                "byta adress i folkbokföringen",
                "någon är skriven på min adress",
            ],
        ),
        "id_kort": (
            "Identitetskort",
            "Id-kort för den som är folkbokförd.",
            "Skatteverket ger ut identitetskort.",
            [
                "ansöka om id-kort",
                "nytt identitetskort",
                "mitt id-kort har gått ut",
                "vad kostar ett id-kort hos skatteverket",
                "jag har tappat mitt id-kort",
                "boka tid för identitetskort",
                "legitimation för min son",
                "id-kort utan svenskt medborgarskap",
            ],
        ),
        "nodsamtal": (
            "Larma 112",
            "Ring 112 när liv är i fara.",
            "SOS Alarm tar emot nödsamtal.",
            ["det brinner i huset", "någon har fått hjärtstopp", "ring ambulans"],
        ),
    },
    "en": {
        "vab": (
            "Care of a sick child",
            "Money when your child is sick and you cannot work.",
            "Försäkringskassan pays when you stay home with a sick child.",
            [
                "my child is sick and I cannot work",
                "my daughter has a fever and I must stay home from work",
                "benefit when my son is sick",
                "staying home with a sick child",
                "how do I report a sick child",
                "my kid is ill and I miss work",
                "money for parents of a sick child",
                "temporary parental benefit",
            ],
        ),
        "bostadsbidrag": (
            "Housing allowance",
            "Help with the rent for families with a low income.",
            "Försäkringskassan pays housing allowance to families.",
            [
                "apply for housing allowance",
                "allowance for the rent of a family",
                "we have children and the rent is high",
                "housing allowance low income",
                "how much housing allowance do we get",
                "the rent is too high for our family",
                "change income for the housing allowance",
                "help with the rent",
            ],
        ),
        "sjukpenning": (
            "Sickness benefit",
            "Money when you are ill yourself and cannot work.",
            "Försäkringskassan pays when you are ill for long.",
            [
                "apply for sickness benefit",
                "I am sick and cannot work",
                "on sick leave for a month who pays me",
                "doctor's certificate for sickness benefit",
                "my back hurts and I am on sick leave",
                "sickness benefit after two weeks",
                "do I get money when I am ill",
                "my sick leave ends soon",
            ],
        ),
        "forskola": (
            "Place in preschool",
            "The municipality gives places in preschool.",
            "The municipality runs the preschools.",
            [
                "apply for a preschool place",
                "daycare for my daughter",
                "queue for preschool",
                "what does daycare cost",
                "we need childcare while we work",
                "change preschool for my son",
                "when does preschool start",
                "childcare in the evening",
            ],
        ),
        "forsorjningsstod": (
            "Social assistance",
            "Support from the municipality when money for food and rent is not enough.",
            "The municipality's social services decide about social assistance.",
            [
                "apply for social assistance",
                "I have no money for food",
                "welfare from the municipality",
                "there is no money left this month",
                "financial help from social services",
                "I cannot pay for food and bills",
                "social welfare money",
                "help with the rent without income",
            ],
        ),
        "flyttanmalan": (
            "Notice of moving",
            "Report your new address when you move.",
            "Skatteverket keeps the population register.",
            [
                "report that I have moved",
                "I moved to a new address",
                "change my address at the tax agency",
                "where do I register my new address",
                "moving abroad notice",
                "we are moving next month",
                "change address in the population register",
                "somebody is registered at my address",
            ],
        ),
        "id_kort": (
            "Identity card",
            "An ID card for registered persons.",
            "Skatteverket issues identity cards.",
            [
                "apply for an ID card",
                "new identity card",
                "my ID card has expired",
                "what does an ID card cost",
                "I lost my ID card",
                "book a time for an identity card",
                "identification for my son",
                "ID card without Swedish citizenship",
            ],
        ),
        "nodsamtal": (
            "Call 112",
            "Call 112 when somebody is in danger.",
            "SOS Alarm answers emergency calls.",
            ["the house is on fire", "somebody has a cardiac arrest", "call an ambulance"],
        ),
    },
    "ar": {
        "vab": (
            "رعاية طفل مريض",
            "مال عندما يمرض طفلك ولا تستطيع العمل.",
            "تدفع Försäkringskassan عندما تبقى في البيت مع طفل مريض.",
            [
                "طفلي مريض ولا أستطيع العمل",
                "ابنتي عندها حرارة ويجب أن أبقى في البيت",
                "تعويض عندما يكون ابني مريضا",
                "البقاء في البيت مع طفل مريض",
                "كيف أبلغ عن طفل مريض",
                "ابني مريض وأتغيب عن العمل",
            ],
        ),
        "bostadsbidrag": (
            "إعانة السكن",
            "مساعدة في الإيجار للعائلات ذات الدخل المنخفض.",
            "تدفع Försäkringskassan إعانة السكن للعائلات.",
            [
                "طلب إعانة السكن",
                "إعانة لإيجار العائلة",
                "عندنا أطفال والإيجار مرتفع",
                "إعانة السكن للدخل المنخفض",
                "كم نحصل من إعانة السكن",
                "مساعدة في الإيجار",
            ],
        ),
        "sjukpenning": (
            "تعويض المرض",
            "مال عندما تكون مريضا ولا تستطيع العمل.",
            "تدفع Försäkringskassan عندما تمرض لمدة طويلة.",
            [
                "طلب تعويض المرض",
                "أنا مريض ولا أستطيع العمل",
                "إجازة مرضية منذ شهر من يدفع",
                "شهادة الطبيب لتعويض المرض",
                "ظهري يؤلمني وأنا في إجازة مرضية",
                "إجازتي المرضية تنتهي قريبا",
            ],
        ),
        "forskola": (
            "مكان في الروضة",
            "البلدية تعطي أماكن في الروضة.",
            "البلدية مسؤولة عن الروضة.",
            [
                "طلب مكان في الروضة",
                "حضانة لابنتي",
                "الانتظار للروضة",
                "كم تكلف الروضة",
                "نحتاج رعاية أطفال ونحن نعمل",
                "تغيير الروضة لابني",
            ],
        ),
        "forsorjningsstod": (
            "المساعدة الاجتماعية",
            "دعم من البلدية عندما لا يكفي المال للطعام والإيجار.",
            "تقرر البلدية في المساعدة الاجتماعية.",
            [
                "طلب المساعدة الاجتماعية",
                "ليس عندي مال للطعام",
                "السوسيال من البلدية",
                "لم يبق عندي مال هذا الشهر",
                "لا أستطيع دفع الطعام والفواتير",
                "مساعدة في الإيجار بدون دخل",
            ],
        ),
        "flyttanmalan": (
            "الإبلاغ عن الانتقال",
            "أبلغ عن عنوانك الجديد عندما تنتقل.",
            "تدير Skatteverket سجل السكان.",
            [
                "الإبلاغ عن انتقال",
                "انتقلت إلى عنوان جديد",
                "تغيير العنوان في مصلحة الضرائب",
                "أين أسجل عنواني الجديد",
                "سننتقل الشهر القادم",
                "شخص مسجل على عنواني",
            ],
        ),
        "id_kort": (
            "بطاقة هوية",
            "بطاقة هوية لمن هو مسجل في السويد.",
            "تصدر Skatteverket بطاقات الهوية.",
            [
                "طلب بطاقة هوية",
                "بطاقة هوية جديدة",
                "انتهت بطاقة هويتي",
                "كم تكلف بطاقة الهوية",
                "أضعت بطاقة هويتي",
                "حجز موعد لبطاقة الهوية",
            ],
        ),
        "nodsamtal": (
            "اتصل بالطوارئ",
            "اتصل عندما تكون حياة في خطر.",
            "تستقبل SOS Alarm مكالمات الطوارئ.",
            ["البيت يحترق", "شخص أصيب بسكتة قلبية", "اطلب الإسعاف"],
        ),
    },
}
# language -> boundary -> question, labels in the boundary's order, open phrases
OPEN: dict[str, dict[str, tuple[str, tuple[str, str], list[str]]]] = {
    "sv": {
        "pengar_till_hyran": (
            "Har du barn hemma, eller räcker pengarna inte alls?",
            ("Jag har barn hemma", "Pengarna räcker inte alls"),
            ["jag behöver pengar till hyran", "vem hjälper mig med hyran", "stöd till hyran"],
        ),
        "barn_hemma": (
            "Är barnet sjukt, eller söker du barnomsorg?",
            ("Barnet är sjukt", "Jag söker barnomsorg"),
            ["någon måste vara med barnet", "vem tar hand om barnet", "barnet kan inte gå dit"],
        ),
    },
    "en": {
        "pengar_till_hyran": (
            "Do you have children at home, or is there no money at all?",
            ("I have children at home", "There is no money at all"),
            ["I need money for the rent", "who helps me with rent", "support for the rent"],
        ),
        "barn_hemma": (
            "Is the child sick, or do you need childcare?",
            ("The child is sick", "I need childcare"),
            ["somebody must be with the child", "who looks after the child", "child cannot go"],
        ),
    },
    "ar": {
        "pengar_till_hyran": (
            "هل عندك أطفال في البيت أم لا يكفي المال أبدا؟",
            ("عندي أطفال في البيت", "لا يكفي المال أبدا"),
            ["أحتاج مالا للإيجار", "من يساعدني في الإيجار", "دعم الإيجار"],
        ),
        "barn_hemma": (
            "هل الطفل مريض أم تبحث عن رعاية أطفال؟",
            ("الطفل مريض", "أبحث عن رعاية أطفال"),
            ["يجب أن يبقى شخص مع الطفل", "من يعتني بالطفل", "الطفل لا يستطيع الذهاب"],
        ),
    },
}
NLU = {
    "sv": {
        "greet": ["hej", "god morgon", "hejsan", "tjena", "hallå där"],
        "out_of_scope": [
            "vilken film ska jag se",
            "berätta en rolig historia",
            "vem vann matchen i fotboll",
            "recept på pannkakor",
            "skriv en dikt om havet",
            "vad är roten ur nio",
        ],
        "emergency": [
            "det brinner hjälp",
            "huset brinner just nu",
            "han andas inte",
            "någon blöder mycket hjälp",
            "min man slår mig nu",
            "ambulans nu",
        ],
    },
    "en": {
        "greet": ["hello", "good morning", "hi there", "hey", "greetings"],
        "out_of_scope": [
            "which film should I watch",
            "tell me a funny story",
            "who won the football match",
            "recipe for pancakes",
            "write a poem about the sea",
            "what is the square root of nine",
        ],
        "emergency": [
            "fire help",
            "the house is burning right now",
            "he is not breathing",
            "somebody is bleeding a lot help",
            "my husband is hitting me now",
            "ambulance now",
        ],
    },
    "ar": {
        "greet": ["مرحبا", "صباح الخير", "أهلا", "السلام عليكم", "هلا"],
        "out_of_scope": [
            "أي فيلم أشاهد",
            "احك لي قصة مضحكة",
            "من فاز في مباراة كرة القدم",
            "وصفة الفطائر",
            "اكتب قصيدة عن البحر",
        ],
        "emergency": [
            "حريق ساعدوني",
            "البيت يحترق الآن",
            "لا يتنفس",
            "شخص ينزف كثيرا",
            "إسعاف الآن",
        ],
    },
}
# language -> (text, decision, accepted authorities): questions no phrase holds word for word.
DEV_QUESTIONS: dict[str, list[tuple[str, str, tuple[str, ...]]]] = {
    "sv": [
        ("min dotter är sjuk och jag är hemma från arbetet", "answer", ("forsakringskassan",)),
        ("plats på förskola för min son", "answer", ("kommun",)),
        ("jag har flyttat till en ny lägenhet", "answer", ("skatteverket",)),
        ("jag behöver ett nytt id-kort", "answer", ("skatteverket",)),
        ("jag är sjuk och kan inte arbeta", "answer", ("forsakringskassan",)),
        ("stöd till hyran tack", "clarify", ("forsakringskassan", "kommun")),
        ("vad blir det för väder i morgon", "none", ()),
        ("hej", "none", ()),
        ("det brinner i köket", "emergency", ("sos_alarm",)),
        ("han andas inte", "emergency", ("sos_alarm",)),
    ],
    "en": [
        ("my child is ill and I stay home from work", "answer", ("forsakringskassan",)),
        ("a place at preschool for my son", "answer", ("kommun",)),
        ("I have moved to a new flat", "answer", ("skatteverket",)),
        ("who can help me with rent", "clarify", ("forsakringskassan", "kommun")),
        ("tell me a joke", "none", ()),
        ("my kitchen is on fire", "emergency", ("sos_alarm",)),
    ],
}
