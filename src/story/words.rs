//! The words that the rules know. Lists, not code: add the ones that your team trips over.

/// What leaves open how much is meant: no number behind it helps.
pub(super) const HEDGES: &str = "\
    etc|and so on|and so forth|and the like|and more|and others|among others|or similar|or so|or something|\
    as needed|when needed|if needed|where needed|as necessary|if necessary|when necessary|where necessary|\
    as appropriate|if appropriate|where appropriate|when appropriate|as applicable|where applicable|if applicable|\
    if possible|where possible|when possible|whenever possible|as possible|as far as feasible|if feasible|asap|tbd|\
    tba|tbc|to be defined|to be determined|to be decided|to be confirmed|to be clarified|as expected|as intended|\
    as desired|as it should|as they should|ideally|preferably|hopefully|maybe|probably|perhaps|not limited to|\
    at some point";

/// What everybody understands in a way of their own, unless a number, a text or a definition stands beside it.
pub(super) const QUALITIES: &str = "\
    user friendly|mobile friendly|customer friendly|easy to use|easy to understand|easy to read|easy to find|\
    easy to navigate|easy to learn|easy to follow|simple to use|ease of use|quickly|rapidly|swiftly|speedily|\
    promptly|easily|simply|intuitive|intuitively|robust|robustly|scalable|scales|performant|efficiently|seamless|\
    seamlessly|smoothly|reliably|nicely|nice|beautiful|beautifully|attractive|appealing|elegant|elegantly|sleek|\
    stylish|appropriate|appropriately|adequate|adequately|reasonable|reasonably|sufficient|sufficiently|suitable|\
    suitably|convenient|conveniently|comfortable|comfortably|meaningful|understandable|self explanatory|\
    comprehensible|effortless|effortlessly|painless|hassle free|frictionless|straightforward|trouble free|bug free|\
    glitch free|without problems|without any problems|without issues|without any issues|without trouble|\
    without bugs|no issues|no problems|no bugs|no lag|without lag|noticeable delay|unnecessary delay|gracefully|\
    sensible|decent|optimal|optimally|minimal|timely|securely|accurately|regularly|periodically|various|\
    significantly|considerably|substantially|noticeably|drastically|works well|work well|works correctly|\
    work correctly|works properly|work properly|works fine|works reliably|works great|works perfectly|\
    works smoothly|works flawlessly|properly|flawlessly|perfectly|performs well|perform well|performs adequately|\
    reads well|scales well|looks good|look good|looks great|look great|looks professional|look professional|\
    looks modern|look modern|looks nice|looks right|feels good|feels natural|feels right|feels modern|look and feel|\
    good performance|good experience|good quality|good usability|better performance|better experience|\
    great experience|high performance|high quality|highly available|high load|heavy load|large volumes|\
    large number of|lots of|a lot of|many users|many concurrent|many simultaneous|state of the art|best practice|\
    best practices|world class|future proof|maintainable|extensible|extendable|all common|all major|all modern|\
    all relevant|all usual|all kinds of|all sorts of|acceptable performance|acceptable time|acceptable speed|\
    acceptable level|low latency|are happy|is happy|are satisfied|is satisfied|satisfactory|pleasant|enjoyable|\
    delightful|visually pleasing|aesthetic|aesthetically|eye catching|system is stable|app is stable|\
    application is stable|site is stable|runs stably|usable for everyone|correct behaviour|correct behavior|\
    large numbers of|acceptable amount|cluttered|uncluttered|in due time|in due course|at a glance|\
    enough information|enough data|enough time|well structured|well organised|well organized|self evident";

/// The same, but only where they say what something is like, or go with one of [`MANNERS`]: "is fast", "a fast response";
/// a fast lane is a name.
pub(super) const ADJECTIVES: &str = "\
    fast|quick|rapid|slow|easy|simple|smooth|reliable|efficient|responsive|flexible|modern|clean|clear|helpful|\
    useful|friendly|secure|accurate|lightweight|professional|good|great|better|faster|quicker|easier|simpler|\
    smoother|proper|stable|snappy|readable|usable|concise|engaging|powerful|consistent|acceptable|relevant|soon|\
    manageable|obvious|logical|neat|tidy|fluid|pretty|fun|transparent";

/// What is fast or easy where it is not a name.
pub(super) const MANNERS: &str = "\
    response|response time|loading|load time|performance|experience|navigation|access|way|manner|use|usage|handling|\
    process|design|interface|ui|ux|layout|look|appearance|operation|scrolling|transition|animation|usability|\
    error message|message|feedback|error handling|validation|speed|flow|workflow";

/// What may follow an adjective that says what something is like.
pub(super) const FOLLOWERS: &str = "\
    |.|,|;|!|)|and|or|but|to|for|on|in|at|when|while|even|enough|as|with|by|under|across|during|so|without|if|too|\
    everywhere|than|again|–|—|&";

/// What a promise of quality is measured by, or defined in.
pub(super) const MEASURES: &str = "\
    according to|as defined|as specified|as described|as agreed|measured by|measured with|i e|i.e|that is|meaning|\
    compliant with|complies with|conforms to|passes|in accordance with|defined in";

/// How verbs go with [`FITTINGLY`] that say nothing: "is displayed correctly".
pub(super) const BEHAVIOURS: &str = "\
    work|works|working|function|functions|behave|behaves|perform|performs|display|displays|displayed|render|renders|\
    rendered|handle|handles|handled|operate|operates|load|loads|loaded|run|runs|show|shows|shown|process|processes|\
    processed|look|looks|appear|appears|implemented|respond|responds|act|acts|integrated|supported|managed|formatted";
pub(super) const FITTINGLY: &str = "well|correctly|fine|right|nicely|good|okay|ok|perfectly";

pub(super) const NUMBERS: &str = "\
    a|an|one|two|three|four|five|six|seven|eight|nine|ten|twelve|fifteen|twenty|thirty|sixty|hundred|single|half|\
    couple";
pub(super) const UNITS: &str = "\
    second|millisecond|minute|hour|day|week|working day|business day|click|tap|step|screen|page|percent|attempt|\
    swipe|keystroke";

/// Verbs that are nothing else: after "and" they begin a second want.
pub(super) const VERBS: &str = "\
    accept|add|adjust|apply for|approve|archive|arrange|assign|attach|authorise|authorize|be notified|be reminded|\
    be informed|be alerted|be able|block|browse|buy|calculate|cancel|categorise|categorize|chat with|check in|\
    choose|close|collaborate with|collect|communicate with|compare|complete|configure|connect|create|customise|\
    customize|deactivate|define|delegate|delete|disable|discover|donate|edit|enable|enter|explore|find|follow|\
    generate|get|give|grant|handle|have|hide|inform|integrate|invite|learn|log into|look up|maintain|make|manage|\
    merge|modify|notify|obtain|onboard|open|organise|organize|pay|personalise|personalize|prepare|print|prioritise|\
    prioritize|protect|publish|purchase|read|receive|recommend|record|redeem|register|reject|remove|rename|renew|\
    reply to|reorder|reschedule|reserve|reset|respond to|restore|restrict|revoke|save|search for|see|select|sell|\
    send|set|set up|sign up|submit|subscribe|suspend|switch|sync|synchronise|synchronize|talk to|tell|top up|track|\
    translate|unlock|unsubscribe|update|upgrade|upload|use|validate|verify|view|vote for|warn|withdraw|write|\
    leave a|leave my|join|keep|run|hand in|answer";

/// Words that are verbs and nouns: verbs where something is named after them.
pub(super) const AMBIGUOUS: &str = "\
    access|alert|analyse|analyze|audit|book|call|change|charge|check|close|comment on|contact|control|copy|design|\
    display|document|download|email|exchange|export|filter|import|label|link|list|lock|mark|message|monitor|move|\
    name|order|pause|pin|plan|post|process|rate|refund|remind|rent|repair|replace|report|request|return|review|scan|\
    schedule|search|share|show|sign|sort|split|start|stop|store|tag|test|trade|transfer|visit|watch|block|group|\
    click|drag|drop|paste|cut|view";

/// Of these, the ones that are seldom the first half of a compound noun: "and share photos".
pub(super) const MOSTLY_VERBS: &str = "\
    book|download|export|import|message|monitor|rate|report|request|review|schedule|share|transfer|analyse|analyze|\
    replace|remind|refund|rent";

/// Plurals that make a compound noun of the word before them: "and request types".
pub(super) const HEADS: &str = "\
    details|results|numbers|addresses|settings|preferences|options|types|dates|times|codes|names|reasons|levels|\
    costs|prices|rights|lists|records|logs|items|lines|flights|trips|tickets|persons|partners|forms|notes|values|\
    plans|status|rates|fees|points|statistics|files|formats|templates|rules|jobs|functions|confirmations|history|\
    number";

pub(super) const DETERMINERS: &str = "\
    the|a|an|my|our|your|their|his|her|its|this|these|those|all|any|each|every|new|other|several|multiple|another|\
    no|which|who|whether|how|what|when|more|some|many|own";

/// What points back: then both halves are about one thing.
pub(super) const PRONOUNS: &str = "\
    it|them|ones|its|their|both|those|these|him|her|none|the same|such|accordingly|itself|the result|the respective|\
    the corresponding|each of";

/// What begins a clause: a verb after it has another subject.
pub(super) const CLAUSES: &str = "\
    who|that|which|when|where|while|if|how|what|whether|whose|until|unless|because|why|before|after|once|let";

/// A means and its end are one want: "enter my postcode and see who delivers".
pub(super) const MEANS: &str = "\
    enter|scan|select|choose|pick|type|search|search for|tap|open|upload|filter|compare|set|set up|define|configure|\
    log|sign|take|answer|point|click|press|specify|provide|give|mark|browse|find|call|look|sort|go|connect|visit|\
    split|divide";
pub(super) const ENDS: &str = "\
    see|get|receive|view|know|hear|find|be|choose|select|pick|decide|have|make|pay|save|read|reserve|learn|obtain|\
    discover";
/// Whatever is done first, one gets these for it.
pub(super) const RETURNS: &str = "\
    confirmation|receipt|refund|money|discount|warning|alert|answer|reply|feedback|code|quote|offer|points|reward|\
    invoice|ticket|reminder|response|result|notified|informed|reminded|alerted|able|credit|email|message|\
    notification|reimbursed";

/// Widgets and technology: answers, where a story should ask.
pub(super) const SOLUTIONS: &str = "\
    dropdown|drop down|combo box|combobox|button|radio button|checkbox|check box|a modal|modal dialog|modal window|\
    modal popup|popup|pop up|tooltip|slider|image carousel|a carousel|carousel|accordion|toggle switch|a toggle|\
    text field|text box|textbox|input field|input box|search bar|search box|search field|hamburger menu|\
    context menu|sidebar|side bar|navbar|navigation bar|dialog box|dialog|wizard|breadcrumb|date picker|datepicker|\
    color picker|colour picker|loading spinner|progress bar|icon|toast message|toast notification|infinite scroll|\
    infinite scrolling|typeahead|new tab|separate tab|tab bar|data grid|datagrid|lightbox|hyperlink|listbox|\
    multi select|multiselect|iframe|react app|react component|react frontend|react native|using react|in react|\
    with react|reactjs|react.js|angular|vue|vue.js|jquery|svelte|next.js|node.js|nodejs|javascript|typescript|\
    python|php|using java|in java|java service|spring boot|django|laravel|kotlin|redis|kafka|rabbitmq|mongodb|\
    postgres|postgresql|mysql|sqlite|mariadb|oracle database|dynamodb|cassandra|firebase|snowflake|sql|nosql|\
    elasticsearch|elastic search|solr|graphql|rest api|rest endpoint|rest service|restful|soap service|soap api|api|\
    grpc|websocket|webhook|microservice|micro service|cron job|cronjob|cron|batch job|nightly job|scheduled job|\
    background job|stored procedure|database table|database column|database field|database view|database index|\
    database trigger|in a database|in the database|relational database|add a column|new column in|new column to|\
    column to the|message queue|event bus|lambda|serverless|aws|s3 bucket|kubernetes|docker|terraform|jwt|oauth|\
    oauth2|saml|ldap|json|blockchain|machine learning|neural network|using ai|regular expression|regex|vba|\
    excel macro|single page application|server side|client side|backend|back end|frontend|front end|local storage|\
    session storage|session cookie|feature flag|sftp|right click|bash script|shell script|etl|material ui|tailwind|\
    css|service worker|web component|primary key|foreign key|data warehouse|chatgpt|llm";

/// What a word among [`SOLUTIONS`] means beside these: a panic button, a pop-up store.
pub(super) const NAMED_BEFORE: &str = "\
    panic|emergency|stop|alarm|power|push|sos|nurse|baggage|luggage|doorbell|shirt|elevator|lift|of|call|request|\
    crossing";
pub(super) const NAMED_AFTER: &str = "\
    store|shop|event|restaurant|stand|market|split|shift|share|lesson|course|class|player|training|exam|workshop|\
    museum|books|board|kit";

/// Roles whose world is made of technology.
pub(super) const TECHNICAL: &str = "\
    developer|programmer|software|devops|dba|database|api|sysadmin|system administrator|systems administrator|it|\
    technical|tester|qa|webmaster|data|integrator|backend|frontend|ui|ux|web|platform|cloud|network|reliability|sre|\
    coder|tech|machine learning|ml|security engineer|solution architect|enterprise architect|integration|maintainer|\
    hacker|dev|development team";
