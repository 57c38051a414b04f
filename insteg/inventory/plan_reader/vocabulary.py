"""The words of headings: all that offices have called a column, and what makes the same words mean something else."""

from typing import Final

# Words that several rules need. Patterns are written over plain words (small letters, no accents, no signs) and may run
# over several lines, which are joined as they stand.
PARTS: Final = {
    "MONEY": r"""
        (varde(?!rin|sko|ring)|belopp|kostnad|kontraktssumma|avtalssumma|anbudssumma|volym|budget|omslutning
        |investering|\bpris\b|prislapp|ekonomi|\bsumma\b|takvarde|utgift|omsattning)
    """,
    "NOT_MONEY": r"""
        utvarder|troskel|mervard|tidsvarde|andel|vikt|timpris|a ?pris|styckpris|enhetspris|indexer|konto
        |finansier|per (tim|st|man)|antal|kostnadsstalle|ansvar|budgetans|budgeterad\b$|direktupphandlingsgrans
        |vardegrund|konsekvens|kommentar|kalla|over under
    """,
    "LENGTH": r"""
        (avtalstid|avtalsperiod|avtalslangd|avtalets (langd|loptid|tid|period)|avtals? ?(lop)?tid|kontraktstid
        |kontraktsperiod|kontraktslangd|kontraktets langd|loptid|varaktighet|uppdragstid|uppdragets (langd|tid)
        |projekttid|byggtid|entreprenadtid|genomforandetid|utforandetid|hyrestid|giltighetstid|giltighet
        |ramavtalstid|tidsperiod|tidslangd|\blangd\b|antal (ar|manader|man)\b|\btid i\b|^tid( ar| man
        | manader)?$|^period$|kontrakt(ets)? loptid|leveransperiod|(avtal|kontrakt)s?(tid|langd))
    """,
    "MONEY_UNIT": r"(i )?(mkr|tkr|mnkr|kr|sek|msek|ksek|kkr|miljoner( kronor| kr| sek)?|tusental kronor|kronor)",
    "PER_YEAR": r"\b(per ar|arlig\w*)\b|(varde|belopp|kostnad|volym) ar$",
    "CURRENT": r"nuvarande|befintlig|gallande|dagens|tidigare|foregaende|gamla|historisk",
    "NOT_THE_START": r"""
        annons|publicer|utlys|anbud|tilldel|utvarder|beslut|slut|upphor|utga|loper ut|avslut|nuvarande|befintlig
        |gallande|dagens|forfrag|\bffu\b|\brfi\b|dialog|samrad|teckn|underteckn|sign|arbetsstart upphandling
        |start(datum|tid)? (for |av |pa )?(av )?(upphandling|inkop|process|arbete|planering)
        |upphandling(en|ens|s)? ?(start|startar|startas|borjar|paborjas|inled)|upphandlingsstart|inkopsstart
        |forstudie|uppstartsmote|forberedelse|behovsanalys|overprov|avtalssparr|uppdaterad|andrad|inlamn|option
        |senast(e)? (datum|uppdat|andrad)|remiss|levererad|registr|skapad|datum for (upphandling|inventering)
    """,
}

# What the column would be, how strongly the words say so (10 is plain speech), the words, and the words that gainsay
# it. The strongest rule of a role that fits gives its weight.
RULES: Final[tuple[tuple[str, int, str, str], ...]] = (
    ("title", 10,
        r"""
            \b(upphandlingsobjekt\w*|benamning\w*|\w*benamning|arendemening|arenderubrik|upphandlingsnamn
            |upphandlingstitel|upphandlingsrubrik|projektnamn|objektsnamn|avtalsnamn|projekttitel|avtalsrubrik
            |kontraktsnamn|kontraktsobjekt|inkopsobjekt|arendenamn)\b
        """,
        r"cpv|leverantor|bestall|person|kopare|forvaltning|bolag|enhet|roll",),
    ("title", 10,
        r"""
            \b(titel|titeln|rubrik|namn|namnet|foremal\w*)\b( pa| for| av)? ?.*\b(upphandling\w*|inkop\w*
            |avtal\w*|projekt\w*|objekt\w*|arende\w*|kop|anskaffning\w*)
            |\b(upphandling\w*|avtal\w*|projekt\w*|objekt\w*|arende\w*|kontrakt\w*|inkop\w*)( ?s)? (titel|namn
            |rubrik|foremal)\b
        """,
        r"cpv|leverantor|bestall|person|kopare|ledare|ansvarig",),
    ("title", 9,
        r"""
            ^(titel|rubrik|vad (ska|skall|som ska|planeras att|avses).*|.*\b(avser|avseende|galler)
            |upphandling(en|ar)?( projekt| objekt| avtal| avser| uppdrag| inkop)?|projekt( upphandling| objekt
            | entreprenad)?|objekt( projekt| upphandling)?|upphandlas|planerad(e)? upphandling(ar)?
            |kommande upphandling(ar)?)$
        """,
        r"datum|start|tid|cpv|gallande|ansvar",),
    ("title", 7,
        r"""
            ^(namn|arende|arenden|avtal|avtalet|kontrakt|uppdrag|anskaffning|inkop|planerade? inkop|entreprenad
            |entreprenader|insats|insatser|behov|aktivitet|aktiviteter|vad|objekt .*|projekt .*|upphandling .*
            |delprojekt|investering|investeringsobjekt|investeringsprojekt|inkopsbehov|upphandlingsbehov
            |upphandlingsprojekt|upphandlingsarende|avtalsobjekt|vara|produkt|tjanst|produkt tjanst|artikel
            |text)$
        """,
        r"""
            datum|start|\btid|cpv|ansvar|ledare|nr\b|nummer|\bid\b|slag|typ|form|forfarande|omrade|status|fas\b
            |ar$|kategori|avdelning|agare
        """,),
    ("title", 5,
        r"""
            ^(beskrivning|kort beskrivning|upphandlingsbeskrivning|kortfattad beskrivning|beskrivning av .*
            |innehall|avtalsomrade|inkopsomrade|upphandlingsomrade|omrade|varugrupp|produktgrupp|produktomrade
            |vara tjanst|varor tjanster|vara eller tjanst|tjanst vara|avtalsgrupp|kategori)$
        """,
        r"",),
    ("title", 8,
        r"^(title|name|project( name| title)?|procurement|contract( title| name)?|object|subject)$",
        r"",),
    ("nature", 10,
        r"""
            upphandlingsslag|kontraktsslag|avtalsslag|inkopsslag|vara tjanst entreprenad
            |(vara|varor|tjanst|tjanster|entreprenad|entreprenader|byggentreprenad|bygg) (eller )?(vara|varor
            |tjanst|tjanster|entreprenad|entreprenader|bygg|byggentreprenad)\b
        """,
        r"cpv",),
    ("nature", 9,
        r"""
            (typ|slag|art) av (upphandling|kontrakt|inkop|kop|anskaffning|avtal)|upphandlingstyp|kontraktstyp
            |inkopstyp|upphandlingens (art|slag|typ)
            |^(slag|typ|art|v t e|vte|t v e|inkopsslag|kontraktsart|natur|kontraktets art)$
        """,
        r"cpv|datum|forfarande",),
    ("nature", 6,
        r"""
            kategori|upphandlingsomrade|upphandlingsform|avtalstyp|inriktning|klassificering|\bslag\b|\btyp\b
            |typ av|omrade|verksamhetstyp
        """,
        r"cpv|datum",),
    ("cpv", 10,
        r"huvudsaklig cpv|huvud ?cpv|cpv (huvudkod|kod huvud)|primar cpv",
        r"beskrivning|namn|text|benamning",),
    ("cpv", 9,
        r"^cpv( kod| koder| nr| nummer|kod|koder)*( \w+)?$|\bcpv ?(kod|koder|nr|nummer)\b",
        r"huvudgrupp|undergrupp|underkategori|kompletter|ytterligare|sekundar|tillagg|ovriga|benamning|namn",),
    ("cpv", 6,
        r"cpv|common procurement",
        r"kompletter|ytterligare|sekundar|tillagg|ovriga",),
    ("cpv_more", 8,
        r"""
            (kompletter|ytterligare|sekundar|tillagg|ovriga).*cpv
            |cpv.*(kompletter|ytterligare|sekundar|tillagg|ovriga)
        """,
        r"",),
    ("value_year", 9,
        r"""
            MONEY.*\b(per ar|ar|arligt|arlig|arligen|ars)\b$|\b(per ar|arlig\w*|ars)\b.*MONEY
            |ars(volym|varde|kostnad|omsattning|belopp|budget)
        """,
        r"inkl\w* (alla )?(ar|option)|hela|total",),
    ("value_min", 9,
        r"""
            MONEY.*\b(min|minst|lagst|lagsta|undre|nedre|minimum)\b
            |\b(min|lagsta|minsta|undre|nedre|minimi)\b ?.*MONEY|minvarde|minimivarde
            |MONEY( [\w]+){0,3} fran( \w+){0,2}$|^fran MONEY|^(min|minst|lagst|lagsta|minimum|fran) MONEY_UNIT$
        """,
        r"NOT_MONEY",),
    ("value_max", 9,
        r"""
            MONEY.*\b(max|hogst|hogsta|ovre|maximum|tak|maximalt)\b
            |\b(max|hogsta|storsta|ovre|maximalt|maximal|tak)\b ?.*MONEY|maxvarde|maximivarde|takvarde|takvolym
            |takbelopp|maxbelopp|maxvolym|MONEY( [\w]+){0,3} till( \w+){0,2}$|^till MONEY
            |^(max|hogst|hogsta|maximum|maximalt|till) MONEY_UNIT$
        """,
        r"NOT_MONEY",),
    ("value", 10,
        r"""
            (uppskattat|uppskattad|beraknat|beraknad|bedomt|bedomd|forvantat|totalt|totala|preliminart
            |ungefarligt|uppsk|berakn|est|estimerat) .*MONEY
            |kontraktsvarde|upphandlingsvarde|avtalsvarde|totalvarde|ordervarde|kontraktsbelopp|kontraktssumma
            |avtalsbelopp|avtalssumma|kontrakterat varde|upphandlingens varde|projektbudget|totalkostnad
        """,
        r"NOT_MONEY|option(en|er)?s? varde|ar \d|20\d\d|CURRENT|PER_YEAR",),
    ("value", 8,
        r"^(estimated |total |contract )*(value|cost|budget|amount)( (in )?(sek|msek|ksek|kr|tkr|mkr))?$",
        r"",),
    ("value", 8,
        r"MONEY",
        r"NOT_MONEY|option(en|er)?s? ?varde|optionsvarde|20\d\d|CURRENT|kommentar|beskriv|fakturer|utfall|PER_YEAR",),
    ("value", 6,
        r"MONEY",
        r"NOT_MONEY|option(en|er)?s? ?varde|CURRENT|kommentar|beskriv|fakturer|utfall|PER_YEAR",),
    ("value", 7,
        r"""
            ^(MONEY_UNIT|(omfattning|storlek|hur mycket)( MONEY_UNIT)?|(totalt?|tot) MONEY_UNIT)$
        """,
        r"",),
    ("months", 10,
        r"LENGTH",
        r"""
            \b(start\w*|borja\w|fran|from|fr o m|slut\w*|till|tom|t o m|upphor|loper ut|datum)\b|CURRENT|anbud|ledtid
            |handlagg|forlangning (till|max)|antal (ar|man\w*) (till|kvar)|utga|efter
        """,),
    ("months", 8,
        r"^(grundavtal(et|stid\w*|speriod\w*)?|grundtid|grundperiod|bastid|ordinarie (tid|period)|hur lange)\b",
        r"start|slut|till|datum|MONEY",),
    ("months", 9,
        r"contract (length|period|duration|term)|^(duration|length|term)\b",
        r"start|end",),
    ("months", 6,
        r"\b(langd|period|tid|avtalstid\w*|omfattning i tid|tidsomfattning|duration|langd ar|langd man)\b",
        r"""
            \b(start\w*|borja\w|fran|from|fr o m|slut\w*|till|datum|plan|punkt)\b|CURRENT|anbud|ledtid|handlagg
            |upphandlingstid|heltid|ram
        """,),
    ("months_total", 9,
        r"""
            (LENGTH|\btid\b).*\b(inkl\w*|med|plus)?\b.*(option|forlangning)|\b(total|max\w*|langsta)\b ?.*LENGTH
        """,
        r"exkl|utan|datum|CURRENT",),
    ("option", 10,
        r"\b(option\w*|forlangning\w*|prolonger\w*|forl|extensions?)\b",
        r"""
            datum|senast|bevak|utlos|nyttj|varde|belopp|kostnad|utan|exkl
            |\b(avtalstid|avtalsperiod|avtalslangd|kontraktstid|loptid|inkl|inklusive)\b.*(option|forlangning)
            |option.*\b(inkl|ingar)\b|avropad|CURRENT
        """,),
    ("option", 8,
        r"^(option|optioner|forlangning|mojlig forlangning|mojlighet till forlangning|ev forlangning)( .*)?$",
        r"datum|senast|bevak|utlos|nyttj|varde|belopp|inkl|kostnad",),
    ("start", 10,
        r"""
            avtals?start\w*|kontraktsstart|startdatum for (avtal|kontrakt)
            |(avtal|avtalet|kontrakt|kontraktet|nytt avtal)s? ?(tids?|period)?(en)? ?(start\w*|borjar|borjan
            |trader i kraft|fran( och med)?|fr o m|from|galler fran|paborjas|ska galla|klart|pa plats)\b
            |i kraft|ikrafttradande|(avtals|kontrakts)period(en|ens|s)? (start|fran|borja)\w*|ramavtalsstart
            |avtals? fran|avtalstid (start|fran)|avtalsdatum fran|nytt avtal (senast|tidigast|behovs)
            |(avtal|kontrakt)(et)? (ska|skall|bor|behover|beraknas) (borja|galla|starta|trada|vara|finnas)
            |nar (ska|skall|bor|behover) (det |nytt )?(nya )?(avtal|kontrakt)\w* (borja|galla|starta|trada|vara|finnas)
        """,
        r"NOT_THE_START",),
    ("start", 9,
        r"""
            byggstart|entreprenadstart|uppdragsstart|leveransstart|driftstart|projektstart|hyresstart
            |trafikstart|produktionsstart|startdatum|kontraktsdatum fran|galler fran
            |giltig(t)? (fran|from|fr o m)|giltighet (fran|start)|tilltrade\w*|tidpunkt for (start|avtal\w*)
            |(onskad|onskat|planerad|planerat|beraknad|beraknat|tankt|prel|preliminar\w*) (avtals)?(start\w*
            |borjan|driftsattning|tilltrade)
            |startar|paborjas|uppdraget startar|startar?( \w+)?$
        """,
        r"NOT_THE_START",),
    ("start", 7,
        r"""
            ^(start|fran|fr o m|from|start datum|start (ar|kvartal|manad|period)|startperiod|starttid
            |starttidpunkt|borjar|borjan|fran och med|datum start|start .{0,20}|.{0,20} start)$
        """,
        r"NOT_THE_START",),
    ("start", 9,
        r"contract start|start date|planned start",
        r"NOT_THE_START",),
    ("start", 4,
        r"""
            ^(nar|tidpunkt|nar i tiden|planerad tidpunkt|onskad tidpunkt|tidpunkt for behov|behovs? ?datum
            |behov fran|onskat datum|uppstart|driftsattning|genomforande|planerad leverans|leverans
            |leveransdatum|onskad leverans|tidplan|tid|kvartal|planerat kvartal|nar (behovs|ska|skall) .*)$
        """,
        r"NOT_THE_START",),
    ("start_year", 9,
        r"""
            startar|(avtals|kontrakts)?start ?ar|ar (for )?(avtals|kontrakts)?start|startar ar|start ar|avtalsar
            |ar avtalsstart
        """,
        r"NOT_THE_START",),
    ("start_year", 4,
        r"^(ar|planar|planerat ar|artal|planerat artal|kalenderar)$",
        r"",),
    ("start_part", 9,
        r"""
            (avtals|kontrakts)?start ?(kvartal|manad|halvar)
            |(kvartal|manad|halvar) (for )?(avtals|kontrakts)?start|startkvartal|startmanad|avtalskvartal
        """,
        r"NOT_THE_START",),
    ("start_part", 4,
        r"^(kvartal|kv|manad|halvar|tertial|period|planerat kvartal|planerad manad|q)$",
        r"",),
    ("end", 9,
        r"""
            avtals?slut\w*|kontraktsslut\w*
            |(avtal|avtalet|kontrakt)s? ?(tids?|period)?(en|ens)? ?(slut\w*|upphor|till|t o m|tom|loper ut
            |till och med)\b
            |galler (till|t o m|tom)|(avtals|kontrakts)period(en|ens)? (slut|till)|giltig(t)? till|avtals? till
            |avtalstid (slut|till)|entreprenadslut
        """,
        r"CURRENT|anbud|varde|belopp|option|forlangning|annons|upphandling",),
    ("end", 6,
        r"""
            ^(slut|slutdatum|till|t o m|tom|till och med|slutar|sluttid|slut datum|planerat slut|beraknat slut
            |planerat slutdatum|beraknat slutdatum|stoppdatum)$
        """,
        r"CURRENT",),
    ("fte", 10,
        r"""
            heltid\w*|arsarbet\w*|\baa\b|\bfte\b|bemanning\w*|arsverk\w*|arstjanst\w*|heltidsekvivalent\w*
            |helarstjanst\w*|helarsarbet\w*
        """,
        r"kommentar|beskriv|ansvarig|namn|namngiv",),
    ("fte", 8,
        r"""
            personalbehov|personalbehovet|personalstyrka|personalresurs\w*
            |antal (tjanster|anstallda|personer|arbetare|medarbetare|sysselsatta|pers|manniskor|resurser
            |befattningar|jobb)
            |sysselsatt\w*|sysselsattning\w*|personalinsats|arbetskraft\w*|tjanster antal|arbetskraftsbehov
        """,
        r"anbud|kommentar|elever|brukare|boende|invanare",),
    ("fte", 6,
        r"""
            ^(personal|pers|resurser|resursbehov|resurs|folk|anstallda|tjanster|befattningar|mantid|medarbetare
            |personer( (i|hos|pa) \w+)?|bemannas|tjansteomfattning|tjanstgoringsgrad)$
        """,
        r"",),
    ("framework", 9,
        r"ramavtal|ram kontrakt|ramavtal kontrakt",
        r"id\b|nr\b|nummer|varde|volym|datum|ansvar|start|tid|namn|omrade|slut",),
    ("framework", 7,
        r"""
            avtalstyp|avtalsform|typ av avtal|kontraktstyp|kontraktsform|avtalsmodell|avtalskonstruktion
            |avtalsslag|upphandlingstyp|kontraktsmodell|typ$
        """,
        r"cpv",),
    ("reference", 9,
        r"""
            diarie\w*|\bdnr\b|dnr\b|arende ?(nr|nummer|id)|arendenr|upphandlings? ?(id|nr|nummer)
            |referens( ?nr|nummer)?|\bref( nr)?\b|projekt ?(nr|nummer|id)|projektnr|journal ?id
            |avtals? ?(id|nr|nummer)|objekt ?(nr|nummer|id)|inkops ?(id|nr)
        """,
        r"person|organisation|telefon|datum",),
    ("reference", 5,
        r"^(id|nr|nummer|lopnr|lopnummer|rad|radnr|no|lnr|n o|kod|index|post|pos)$",
        r"",),
    ("description", 8,
        r"""
            beskrivning\w*|omfattning|innehall|kort om|kravbild|uppdragets art|arbetsuppgifter|specifikation
            |beskriv\w*
        """,
        r"cpv|kostnad|varde|\baa\b|heltid|tid\b|status|upphandlingens benamning|bemanning",),
    ("procedure", 9,
        r"""
            forfarande\w*|upphandlingsform|upphandlingssatt|annonseringsform|upphandlingsmetod|inkopsform
            |inkopsmetod|inkopssatt|upphandlingsmodell|upphandlingsregel
        """,
        r"",),
    ("organisation", 9,
        r"""
            forvaltning\w*|namnd\w*|bolag\w*|\benhet\w*|avdelning\w*|organisation\w*|verksamhet\w*|sektor\w*
            |kommun\b|upphandlande (myndighet|enhet|organisation)|namn for kopare|kopare|kontor|bestallande
            |bestallarorganisation|huvudman|affarsomrade|division|region\b
        """,
        r"""
            nummer|\bnr\b|form|sni|sektor for|delsektor|juridisk|chef|epost|e post|kontakt|telefon|kod|ledare
            |slag|typ|for(e)?nam
        """,),
    ("status", 8,
        r"""
            ^(status.*|information|lage|laget|andring|forandring|plan status|radstatus|avvikelse|skede|fas)$
            |uppdatering
        """,
        r"datum",),
)  # fmt: skip
