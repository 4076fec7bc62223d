"""How common English words are: a frozen table, so that no article changes what another one's words are worth.

Made once from the word counts that symspellpy 6.10.1 carries (MIT; LICENSES.md has its notice): singular forms of
three letters or more, by the binary logarithm of how many words of running text hold one of them. Of the counts
nothing is kept but that number.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

COMMON: Final = 9  # what the commonest words are worth
RARE: Final = 15  # what a word is worth that the table does not have: fewer than one in 2**15 words


@cache
def rarity() -> Mapping[str, int]:
    """Return the binary logarithm of one in how many words, 9 to 14, by folded singular; 9 also for commoner ones."""
    return {word: bits for bits, words in _WORDS.items() for word in words.split()}


_WORDS: Final = {
    9: """
about all also and any are been book business but can click contact day first for free from game get has have
help here his home hotel how information item like link list may more name new not now one online only other our
out page post price product review right search see service site some state system that the their there these
they this time use view was web were what when which who will with would year you your
""",
    10: """
add address after area art article available back because before best board buy car card case category change
check city code comment community company computer content copyright could country customer data date design
detail development did doe download each ebay education email event family file find form forum friend full
general good great group guide had health her high hour image include info international into issue its jan
january job just know last level life line listing local location made mail make management many map member
message most music must national need network next number off offer office order over part people phone photo
picture place please point policy privacy program project provide public question rate rating read real report
research resource result return said sale school section send set sex she should show sign software special
sport store student subject such support take technology term than them then those through top travel two type
under united university used user using very video want way website well where window work world
""",
    11: """
above access accessory account act action activity advanced again against age air america american another
application april archive around august author based become being below better between big black blog blue body
both box brand building call camera canada care cart cell children class club college come committee compare
complete condition control cost county course court create credit current deal dec december department
description different digital director directory discussion document down drive during east effect electronic
end english equipment estate even every example experience feature feedback few field film financial following
food found function gallery garden gay gift girl give going got government hand him history hot house however
human idea important including index individual industry insurance interest internet island john join journal
july june keep key language large law learn left legal less let library light little live loan login long look
looking lot love low magazine main man march market material mean media medical meeting memory men method
million minute mobile model money month movie movy much never night non north note notice november october
official old open option own paper park party password pay payment per performance person personal plan play
player posted power press previous print private problem process professional profile property provided quality
quote range really recent record red reference register related release rental reply request required reserved
road room rule run same san save say science second security select sell seller september server sery shall
share shipping shop shopping side since single size small social solution source south space staff standard star
start statement still stock story street study supply table tax team teen test text thank thing think thread
three title today too tool topic total track training unit update value version visit war water week west while
white why within without women word working write yahoo yes york young
""",
    12: """
able accommodation according across active actually added addition additional administration adult advertise
advertising advice affiliate africa agency agent ago agreement aid airport album allow almost along already
alternative although alway among amount analysis animal annual answer anyone anything apartment appear apply
appropriate apr artist asian ask asked assessment associate association auction audio aug australia
authority auto availability average award away baby bad bag band bank bar base basic battery bay beach beauty
bed begin believe benefit bid bill bit block boy break bring british brown browse browser build bush button
cable calendar california called came cancer capital career cash casino cause center central centre certain
certificate channel chapter character charge chat cheap child china choice choose christian christma church
claim classic clear client close clothing collection com coming command commercial commission common
communication component conference connection construction consumer contain continue contract copy corporate
corporation council cover created cross culture currently custom cut daily database david death decision degree
delivery designed device difference direct direction discount disease display distribution district division dog
doing dollar domain done door double driver drug due early easy economic edit edition editor effective effort
either element else employee employment energy engine engineering england enough ensure enter enterprise
entertainment entry environment environmental error eur europe european ever everything exchange executive
expert extra eye face facility fact factor fall fan far fast fax feb february federal fee feed feel female
figure filter final finance fine fire firm five flash flight florida flower follow force foreign format
foundation four frame france french fri friday front fun fund furniture further future gas george germany
getting given glass global goal god gold golf google grade grant graphic green ground growth guest guy half hard
hardware having head heart held higher hill hit hold holiday homepage hope horse hospital hosting huge impact
improve included income increase india industrial inn inside institute instruction instrument interface
investment jame japan jul jun keyword kid kind king kingdom kit knowledge known lake land later latest lead
leader learning least leave length lesbian letter license limited linux listed living located log logo london
loss lost lower lyric machine major making male manager manufacturer mar mark marketing master matter mature
measure medicine meet menu michael microsoft middle might mile military mind mode module mon monday mortgage
mother mountain move multiple nation natural nature near necessary needed net newsletter nice none nothing nov
object oct officer often oil once operation opinion opportunity organization original outdoor outside
overall owner package parent particular partner pass past patient paul percent period pet pic piece planning
plant plus poker political popular population port position possible poster potential powered practice
present president printer pro procedure production programme protection protein provider publication published
publisher purchase purpose put quick radio rather reader reading reason receive received region regional
registered registration regulation relation relationship remember require requirement response responsibility
restaurant ring risk river robert rock role round running safety sample sat saturday schedule score screen sea
season seem seen selection self senior sent sep session setting several ship shirt shoe short shown silver
similar simple six skill society someone something son song sony soon sort sound specific speed sponsored spring
started starting station statistic status stay step stop storage strategy structure stuff style submit subscribe
suite summary summer sun sunday super sure survey tag taken taking talk target teacher tech technical telephone
tell texa third though thought thursday ticket tip together took tour toward town toy trade trademark transfer
treatment tree trial true try tuesday turn union until updated upon usually vacation various vehicle via
virginia voice volume vote wall warning washington watch weather wed wedding wednesday weight welcome went
western whether whole wide william win wine wireless wish woman writing written yellow yet zip
""",
    13: """
ability abstract abuse academic accept acceptance accepted accounting acid actual adam admin administrative
administrator ads advance advantage adventure advertisement affair african agree aim airline alert allowed alone
amateur amazon amendment andrew angel angele announcement anti antique apparel appeal apple applicable
applied approach approval approved approximately architecture argument arizona arm army asia aspect assembly
asset assist assistance assistant associated assume atom attack attempt attention attorney attraction australian
automatically automotive ave avenue avoid babe background balance ball baseball basis basket basketball bath
battle bear beat beautiful became bedroom began beginning behind beyond bible bike billion bin binding bird
birth birthday blood blow blowjob boat bob bond bondage bookmark boot born boston bottom brain branch breakfast
breast bridge brief brother brought budget bug built bus buyer buying byte cam camp campaign campus canadian
candidate canon cap capacity carolina carrier carry cartoon cast cat celebrity cent century certified chain
chair challenge chance changed charle chart cheat chemical chicago chief chinese chip chris circuit citizen
civil classical classified clean clinical clip clock closed coast coffee cold collectible colorado colour
columbia column combination comic commerce compared comparison competition completed completely complex
compliance comprehensive computing con concept concern configuration conflict congress connect consider
considered constitute consultant context continued contractor contribution convention cool core corner correct
count counter couple coverage covered craft creating creation creative creek crime criminal critical cruise
crystal cultural cum cup currency cycle damage dance daniel dark dating daughter dead dealer debt dedicated deep
default define defined definition del delete demand depth describe described designated designer desk desktop
destination detailed determine determined develop developed developer developing diamond dictionary die
died diet difficult dimension directly disability disc disclaimer discuss disk distance doc doctor documentation
doll domestic draft dream dress drink driving drop duty dynamic earlier earth easily eastern economy edge
editorial educational edward election electric electrical emergency employer enable ending engineer enjoy entire
equal especially essential est established estimate etc evaluation evening everyone evidence excellent except
exercise exist existing expect expected expense explain explore export express expression extended extension
external faculty fail failure fair faith false fantasy farm fashion fat father favourite fear featured feeling
feet felt festival fiction fight fill finally finding fish fishing fit fitness fix fixed flag flat floor flow
fly focus font foot football ford forecast forest former fort forward framework francisco freedom frequency
fresh friendly fuel fully functional funding funny gain gamma gave gear gene generally generated
generation georgia german giving goe golden gone graduate grand greater growing guarantee guideline guitar gun
hair hall handle happen happy hardcore harry hat hawaii headline hear heard hearing heat heavy height helpful
highest highly himself hire historical holding hole host household housing houston hundred hunter ice icon
identified identify iii illinois immediately implementation import improvement inc incest inch increased
independent indian indiana indicate informed initial initiative injury input install installation instance
instead institution int integrated intended interactive interested interesting internal interview introduction
investigation investor involved ipod iraq ireland iron israel issued italian italy itself jack jackson japanese
java jean jersey jesus jim joe johnson joined joint jone judge jump justice kansa kitchen kong lab label
laboratory lack lady laptop larger largest las laser late latin lawyer layer leadership leading league leather
led lee leg lesson liability lighting likely limit listen literature load longer lord los louis lowest ltd mac
magic mailing maintain maintenance manage manual manufacturing marine marriage martin mary mass match matching
max maximum maybe measurement medium membership mental merchant met metal meter mexico michigan mid mike milf
min mine mini minimum minister ministry minnesota minor miss missing mission mix modern modified moment monitor
monitoring monthly morning motion motor motorola mount mouse moved movement moving multi multimedia museum
musical myself named native navigation networking newspaper node nokia nor normal northern notebook
nuclear nursing objective obtained occur ocean offered offering ohio older ontario opening operating operator
optional oral orange oregon organisation origin otherwise output overview owned pacific pack paid pain pair palm
panel paperback parameter paris parking participant particularly partnership passed patch path pattern paypal
peace pennsylvania perfect perform perhap permission permit personnel peter pharmacy phase photography physical
physician pick pin pink placed plastic plate platform played playing pocket police politic poll pool poor pop
porno portable portal portfolio portion positive posting powerful premium presentation presented pressure pretty
prev prevent preview pricing primary prime principle printing prior priority probably processing produce
produced professor profit programming progress promote promotion proposal proposed protect protocol providing
provision publishing quantity quarter queen query quickly quite race racing random rank rape rated ray
reach ready reality recently recipe recommend recommendation recommended recording recovery reduce reduction
refer regarding regular relative released relevant religion religious remain remote remove rent repair
replacement reported reporting represent representative republic reservation reserve resident resolution resort
respect respective responsible rest retail returned revenue rich richard ringtone rise roll root rose route row
royal russia russian safe saint samsung santa satellite saving saw saying scale scene scheme scientific scott
script searche seat seattle sec secret secretary sector secure seek selected selling senate sense separate
sequence serious serve seven sexual sheet shot showing signal signed significant simply sister sitemap
situation skin skip sleep slot smart smith snow soft sold solid sometime sorry sorted soul southern spa spain
spanish speak speaker spec specialist specification specified specy spirit sponsor spot square stage stand
standing stat stated steel steve stone stream strength string strong studio sub submitted subscription success
successful suggest suggestion supplied supplier supported surface surgery sweet switch symbol talking tape task
teaching technique tel television temperature template ten testing theatre theme themselve theory therapy
therefore thinking thoma thousand throughout thu thus told tom touch trading traditional traffic trail train
transaction translation transport transportation trend tried trip truck trust truth trying tue turned tutorial
understand understanding unique universal unknown unless upgrade upper urban useful username utility valid
valley van variable variety vega vendor vice viewed village virtual virus vision visitor visual vol volunteer
wait walk wallpaper wanted warranty waste watche wave weekend weekly wheel wholesale whose wife wild wind wing
winner winning winter wire wisconsin wood worked worker workshop worldwide worth writer wrong wrote xxx
yesterday yourself youth zealand zone
""",
    14: """
absolutely academy acc accessibility accessible accident accordance accuracy accurate achieve achieved
achievement acquisition acre acting actor adapter adding adjustment admission adobe adopted adoption advertiser
advisor advisory affect affected affordable afternoon aged agenda agreed agricultural agriculture ahead aircraft
alabama alan alarm alaska alcohol alex alexander algorithm allen alliance allowing alpha alumni amazing amended
amp analyst ancient anderson angle animation anime ann anne anniversary annotation announce announced anonymous
anthony antonio anyway anywhere apache app appearance appeared appendix appliance applicant appointed
appointment approache arab argentina arkansa arrangement array arrival arrive asking asp assigned assignment
athletic atlanta atlantic attached attachment attend attitude attribute audience audit austin austria authorized
automatic avatar avg aviation aware awareness backup baltimore bang banking bankruptcy banner barbara bargain
barrier bass bathroom beast becoming beer behalf belgium belief bell belt ben berlin beside bestiality bet beta
betting bidding biggest bio biography biological biology birmingham biz blackjack blade blank blind blogger
blonde bluetooth bold bone bonus boob booking border bottle bought bound boundary bowl bracelet brazil breaking
brian bright britain broad broadband broadcast brochure broken broker bruce buddy buffalo buffer builder bulk
bulletin bureau burn busy butt cabinet cache cafe cake calculate calculated calculation calculator calling
cambridge camcorder camping cancel candle capability cape captain capture carbon carefully caribbean carried
cartridge castle catalogue catch catholic caught caused cellular census certainly certification chairman chamber
champion championship changing char characteristic charged charger charity charlotte charm charter checking
checkout cheese chemistry chicken chocolate chosen christ cinema circle circumstance cisco citation clark
classification classroom clause cleaner cleaning clearance clearly cleveland clicking climate clinic closing
clothe cloud cluster coach coin collaboration collect collectable collected collector color columbus combine
combined comedy comfort comfortable commentary commissioner commit commitment committed compact compatible
compensation competitive complaint completion composition compound concentration concerned concerning concert
conclusion concrete conduct conducted confidence confirm connected connecticut connector consent consequence
conservation conservative consideration considering consist consistent console consolidation constant
constitution consultation consulting consumption contained container containing contemporary contest continuing
continuous contrast contribute controlled controller conversation conversion convert converted converter cook
cooking cooky cooperation coordinator corp correction corresponding cosmetic costa costume cotton coupon
covering crack crazy cream crew crisis criteria crop crown curriculum curve cute cutting czech dad dakota dalla
dan danger dangerous dave davis deadline dealing dean dear debate decade decide decided deck decrease defendant
delaware delay deliver delivered dell delta deluxe demo democracy democrat democratic demonstrate denmark
density dental denver depend dependent depending deposit der derived desert desire despite detection
determination detroit devil diabete diagnosis dial diary diego diff difficulty dildo dining dinner directed
disabled disaster discipline disclosure discover discovery discussed dish disney disorder displayed distributed
distributor diversity don donate donation dose dot doubt downtown dragon drama draw drawing drinking driven drum
dry dual duration dutch eagle ear earn earning easier eat eating echo edited editing effectively efficiency
efficient egg egypt eight elementary eligible elizabeth emission empire employed empty enabled encourage
encyclopedia ended enemy enforcement enhance enhanced enlarge entered entitled entity episode equation equity
equivalent era eric ericsson erotic escape escort essay establish establishment estimated ethic euro evaluate
eventually evil evolution exact exactly exam examination examine exceed exception excess exciting exclusive
execution exhibit exhibition exit expand expansion expectation expenditure expensive experienced experiment
experimental expertise explained explanation explorer exposure expressed extend extensive extent extreme
extremely fabric facial factory failed famous fantastic faq farmer faster featuring fellow fetish fifth fig
fighting filed filing filled financing finder finger finish finished finland fiscal flashing flexible florist
flying focused folder folk followed forced forever forget forgot formal formation formed formula forth fourth
fox frank franklin frequently fruit ftp fundamental gambling gaming gang gap garage gary gate gateway gender
generate generator generic genetic genre ghost giant globe glossary gnu gourmet governor grace granted graph
gratis gray greatest greece greek grey grid gross grove grow guaranteed guard guardian guess guidance guinea
hairy hamilton hampshire handbook handheld handling happened hardcover hate header healthcare healthy heating
heaven hell hello helped helping henry heritage hey hidden hide highlight highway hip historic hobby hockey
holder hollywood holy honda hong honor hop horror hosted howard hunting hurricane husband idaho ideal
identification identity ill illegal imagine imaging immediate implement implemented importance improved
improving incentive inche incident increasing indeed indexed indicated indicator indonesia infant infection
influence infrastructure ingredient ink inner innovation innovative inquiry insert insight inspection installed
instant instructor integration intel intellectual intelligence interaction interior interpretation interracial
intervention introduce introduced inventory involve iowa iran irish jacket jane jason javascript jay jazz jeff
jennifer jet jewellery jewish joke jordan jose joseph journey joy judgment junior keeping kelly ken kentucky
kept kernel kevin keyboard kick kill killed kim kiss knew knight korea labour lamp landscape lane latina launch
lawrence lay layout learned lease leaving lecture legend legislation legislative leisure len les lewis lib
liberal liberty licensed licensing lie lifestyle lift limitation limousine lincoln linear lingerie linked lion
lip liquid listening lived loading lock lodge logged logic looked loop lose louisiana lounge loved lover luck
lunch luxury mad magnetic maine maintained majority maker malaysia mall managed managing manchester manner
mapping marked marketplace married marshall maryland massachusett massage massive matche mathematic matrix matt
matthew meal meaning meant measured meat mechanical mechanism med medication melbourne memorial mention
mentioned merchandise mesh messenger metro miami micro milk mill miller mineral mining minority mirror misc
miscellaneous missed mississippi missouri mistake mixed mod modem moderator modification modify molecular
monster montana moon moore morgan mostly motel motorcycle mouth murder muscle muslim mystery narrow navy nearby
nearly nebraska neck negative neither netherland nevada newest newly nick nine nintendo nipple noise normally
northwest norway noted notification notify novel null numerous nurse nutrition oak obligation observation
observed obtain occasion occupation occurred odd offline oklahoma olympic ongoing onto opened opera operate
operational optical optimization oracle ordered ordering organic organized orgy oriented originally orlando
orlean outcome outlet outlook outstanding ownership oxford packaging packet pad paint painting pakistan pan
panasonic pant par para paragraph parallel parliament participate participation particle passenger patent
patrick paying pcs peak pearl peer pen penalty penis pension percentage performed performing peripheral perl
permanent perspective pharmaceutical philadelphia philip philippine philosophy phoenix photograph photographer
phrase physic piano pill pilot pine pioneer pipe pipeline pittsburgh pixel placement plain plane planet planned
plasma playstation pleasure plot plug plugin podcast poem poetry poland portland portugal possibility possibly
postage postal pot potter pound poverty practical prayer prefer preference preferred pregnancy pregnant premier
preparation prepare prepared prescription presence prevention previously primarily prince principal printable
printed prison prize proceed proceeding processor producer productivity projector promise proof proper properly
protected proud prove province psychology pub puerto pull pulse pump pupil purchased purchasing pure pursuant
push putting puzzle python qty qualification qualified que quiet rack rail rain raise raised ram ranking rapid
rare rat ratio raw reached reaction rear reasonable receipt receiver receiving recipient recognition recognize
recognized recorded recorder recreation recruitment reduced ref referred reflect reform refund regard registry
regulatory relating relatively reliability reliable relief remaining remark removal removed rep repeat replace
reporter representation represented republican requested res researcher residence residential resistance
respectively respond respondent restriction resulting resume retailer retirement reverse reviewed revised
revision revolution rhode rice ride ridge rob robot rod roger rom roman romance rome router routine rubber rural
ryan safari salary salt sam sand sarah satisfaction saved scan scanner scheduled scholarship sci scientist scope
scotland screenshot seal searching secondary seed seeing seeker seeking seemed segment semester seminar senator
sending sensitive sensor sentence serial served serving settlement setup severe shadow shape shared sharing
sharp shell shift shipped shock shopper shore shoulder showed shower siemen sight signature significantly simon
simpson simulation sin singapore sir sit sitting ski sky slide slightly slow smaller smile smoke smoking
smooth soccer soil solar soldier spam speaking specifically specify speech spend spending spent spiritual split
sporting spread spy spyware stable stainless stamp static statistical statute stephen stereo sterling steven
stick stored storm straight strange strategic stress strike strip submission subscriber subsection substance
successfully suck sufficient sugar suggested suit suitable sum superior supervisor supplement supporting supreme
surprise surrounding susan sustainable sweden swimming swiss switzerland sydney symptom tab tablet taiwan tale
talent tampa tank taste taylor tea teach telecommunication temple temporary tend tennessee tennis terminal
territory terrorist tested testimonial textbook thailand thong threat throw thumb thumbnail tie tiger tight tim
tiny tire tissue toe toll tomorrow ton tone tonight tony toronto toshiba totally tourism tourist tournament
tower tracking tradition trailer transit transition transmission treat treated trick trouble truly tube tune
turkey twenty twice twin typical typically ultimate ultra unable undergraduate underground unfortunately uniform
universe unix unlimited unsubscribe upcoming upload ups usage usual utah valentine valuable valve vancouver var
variation vary vat vector vegetable venture venue vermont vessel veteran viagra vibrator victim victoria victory
vietnam viewing villa vintage vinyl violation violence virgin visa visiting vitamin void voltage voting voyeur
wage waiting wale walking ward warm watching weapon wear webcam weblog webmaster welfare wet whatever whom width
wikipedia wildlife willing wilson witness won wonder wonderful worst wow wyoming yard yeah yield zero zoom
""",
}
