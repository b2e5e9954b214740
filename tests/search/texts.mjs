// Small collections in many languages, each with queries and the document that must come first.
//
// A query holds another form of a word than the text, a word without its accents, or the beginning of one. A list of
// several words to a query stands for several queries with the same answer.

export const TEXTS = {
  de: {
    documents: {
      search: "# Volltextsuche über alle Pläne\n\nDie Übersicht zeigt die Größe des Verzeichnisses. Die Suchergebnisse erscheinen beim Tippen, ohne dass der Leser warten muss.",
      backup: "# Sicherung der Datenbanken\n\nNächtliche Sicherungen werden verschlüsselt und in einem anderen Rechenzentrum aufbewahrt. Wiederherstellungen üben wir vierteljährlich.",
      access: "# Zugriffsrechte für Häuser und Straßen\n\nJede Straße hat eine Verantwortliche, die Berechtigungen erteilt und widerruft.",
    },
    queries: { search: ["Übersichten", "ubersicht", "grosse", "Suchergebnis", "volltexts"], backup: ["Datenbank", "verschlüsselte", "nachtliche"],
      access: ["Haus", "strasse", "Berechtigung", "die Straßen für Häuser"] },
  },
  fr: {
    documents: {
      search: "# Recherche plein texte\n\nLes résultats s'affichent pendant la frappe, classés par pertinence. L'index est découpé en morceaux.",
      backup: "# Sauvegarde des données\n\nLes sauvegardes chiffrées sont conservées à l'extérieur. La restauration est répétée chaque trimestre.",
      access: "# Gestion des accès\n\nChaque équipe gère les autorisations de ses propres réseaux. Un compte créé sans propriétaire est refusé.",
    },
    queries: { search: ["résultat", "resultats", "l'index classé", "decoupe"], backup: ["sauvegarder", "donnees", "la restauration des données"],
      access: ["équipes", "reseau", "autoris", "comptes crees"] },
  },
  es: {
    documents: {
      search: "# Búsqueda en la documentación\n\nLos resultados aparecen mientras se escribe. Las búsquedas frecuentes se guardan.",
      backup: "# Copias de seguridad\n\nLas copias cifradas se conservan durante noventa días. La restauración se ensaya cada trimestre.",
      access: "# Migración de los accesos\n\nCada año se revisan las autorizaciones. Las migraciones fallidas se repiten.",
    },
    queries: { search: ["documentaciones", "documentacion", "busqueda", "resultado"], backup: ["restauracion", "copia", "cifrado"],
      access: ["migraciones", "migracion", "autorización", "ano revisado"] },
  },
  it: {
    documents: {
      search: "# Ricerca nella documentazione\n\nI risultati compaiono durante la digitazione. L'indice è diviso in parti.",
      backup: "# Copie di sicurezza\n\nLe copie cifrate restano altrove. La qualità del ripristino si verifica ogni trimestre.",
    },
    queries: { search: ["risultato", "ricerche", "documentazioni"], backup: ["qualita", "cifrata", "verifica"] },
  },
  pt: {
    documents: {
      search: "# Pesquisa na documentação\n\nOs resultados aparecem durante a digitação. A evolução do índice é medida.",
      backup: "# Cópias de segurança\n\nAs cópias cifradas ficam noutro lugar. A execução é repetida; as soluções são descritas aqui.",
    },
    queries: { search: ["evolução", "evolucao", "resultado", "documentacao", "digitações"], backup: ["execuções", "solucoes", "copia", "execucao"] },
  },
  nl: {
    documents: {
      search: "# Zoeken in alle plannen\n\nDe resultaten verschijnen tijdens het typen. Ideeën van lezers worden verzameld.",
      backup: "# Reservekopieën van gegevens\n\nVersleutelde kopieën worden elders bewaard en maandelijks gecontroleerd.",
    },
    queries: { search: ["resultaat", "ideeen", "verschijn"], backup: ["kopieen", "versleuteld", "gecontroleer"] },
  },
  sv: {
    documents: {
      search: "# Sökning i alla planer\n\nResultaten visas medan läsaren skriver. Förslagen samlas.",
      backup: "# Säkerhetskopior av databaser\n\nKrypterade kopior förvaras på annan plats och återställs varje månad.",
    },
    queries: { search: ["sökningar", "sokning", "resultat", "förslag"], backup: ["säkerhetskopia", "manad", "databasen"] },
  },
  da: {
    documents: {
      search: "# Søgning i alle planer\n\nResultaterne vises, mens læseren skriver. Forslagene samles.",
      backup: "# Sikkerhedskopier af databaser\n\nKrypterede kopier opbevares et andet sted og gendannes hver måned.",
    },
    queries: { search: ["søgninger", "sogning", "resultat", "forslag"], backup: ["databasen", "kopi", "maned"] },
  },
  no: {
    documents: {
      search: "# Søk i alle planene\n\nResultatene vises mens leseren skriver. Forslagene samles.",
      backup: "# Sikkerhetskopier av databaser\n\nKrypterte kopier oppbevares et annet sted og gjenopprettes hver måned.",
    },
    queries: { search: ["resultat", "sok", "forslaget"], backup: ["databasen", "kopi", "maneder"] },
  },
  fi: {
    documents: {
      search: "# Haku kaikista suunnitelmista\n\nTulokset näkyvät kirjoittaessa. Hakemisto on jaettu osiin.",
      backup: "# Tietokantojen varmuuskopiot\n\nSalatut kopiot säilytetään muualla, ja palautusta harjoitellaan kuukausittain.",
    },
    queries: { search: ["tuloksen", "suunnitelmat", "nakyvat"], backup: ["kopioita", "varmuuskopio", "sailytetaan"] },
  },
  ru: {
    documents: {
      search: "# Поиск по всем планам\n\nРезультаты появляются во время набора. Надёжность индекса проверяется тестами services и deployments.",
      backup: "# Резервные копии баз данных\n\nЗашифрованные копии хранятся в другом месте. Восстановление проверяется каждый квартал.",
    },
    queries: { search: ["результат", "надежности", "поиска", "service", "deployment"], backup: ["резервная копия", "восстановления", "зашифрованная", "базы"] },
  },
  hu: {
    documents: {
      search: "# Keresés a tervekben\n\nA találatok gépelés közben jelennek meg. A felhasználótól nem várunk türelmet, a kereső gyors.",
      backup: "# Adatbázisok mentése\n\nA titkosított mentések más épületben vannak. A visszaállítást negyedévente gyakoroljuk.",
    },
    queries: { search: ["találat", "felhasználó", "felhasznalo", "keresők"], backup: ["adatbázis", "epulet", "mentés"] },
  },
  ro: {
    documents: {
      search: "# Căutarea în documentație\n\nRezultatele apar în timpul scrierii. Informațiile sunt împărțite în bucăți.",
      backup: "# Copii de siguranță\n\nCopiile criptate sunt păstrate în altă parte. Situația este verificată în fiecare lună.",
    },
    queries: { search: ["rezultat", "informație", "informatii", "documentații"], backup: ["siguranta", "situațiile", "copie"] },
  },
  tr: {
    documents: {
      search: "# Bütün planlarda arama\n\nSonuçlar yazarken görünür. Dizin parçalara bölünür; İstanbul ekibi sorumludur.",
      backup: "# Veritabanı yedekleri\n\nŞifreli yedekler başka bir yerde saklanır ve her ay denenir.",
    },
    queries: { search: ["sonuç", "sonuclar", "istanbul", "parça"], backup: ["yedek", "sifreli", "veritabanı"] },
  },
  zh: {
    documents: {
      search: "# 全文搜索\n\n读者输入时立即显示结果。索引被分成小块,只加载查询需要的部分。",
      backup: "# 数据库备份\n\n加密的备份保存在另一个数据中心。每季度演练一次恢复。",
      access: "# 访问权限管理\n\n每个团队管理自己的服务 services 的权限,不再使用共享账号。",
    },
    queries: { search: ["搜索", "全文搜索", "索引", "查询"], backup: ["备份", "数据库", "恢复", "数据中心"], access: ["权限", "团队", "service", "共享账号"] },
  },
  ja: {
    documents: {
      search: "# 全文検索の計画\n\n入力しながら結果が表示される。索引は小さなファイルに分ける。構成図を添える。",
      backup: "# データベースのバックアップ\n\n暗号化したバックアップを別のセンターに保存する。復元は四半期ごとに試す。",
      access: "# 権限の管理\n\n各チームが自分のサービスの権限を管理する。ＡＰＩ の鍵は共有しない。",
    },
    queries: { search: ["検索", "全文検索", "結果の表示", "索引を", "図", "図 検索"], backup: ["バックアップ", "データベース", "復元", "暗号"], access: ["権限", "チーム", "管理", "api"] },
  },
  ko: {
    documents: {
      search: "# 전체 문서 검색\n\n입력하는 동안 결과를 보여 준다. 색인을 작은 파일로 나눈다.",
      backup: "# 데이터베이스 백업\n\n암호화된 백업은 다른 데이터센터에 보관한다. 복구는 분기마다 연습한다.",
      access: "# 접근 권한 관리\n\n팀마다 자기 서비스의 권한을 관리한다. 계정은 공유하지 않는다.",
    },
    queries: { search: ["검색", "문서를", "색인", "결과"], backup: ["백업을", "데이터센터에서", "데이터베이스", "복구", "암호화"], access: ["권한", "권한을", "계정 공유", "팀"] },
  },
  th: {
    documents: {
      search: "# ค้นหาเอกสารทั้งหมด\n\nผลลัพธ์แสดงขณะที่ผู้อ่านพิมพ์ ดัชนีแบ่งเป็นไฟล์เล็ก",
      backup: "# สำรองฐานข้อมูล\n\nข้อมูลสำรองที่เข้ารหัสเก็บไว้ที่อื่น และทดลองกู้คืนทุกไตรมาส",
    },
    queries: { search: ["ค้นหา", "เอกสาร", "ดัชนี"], backup: ["ฐานข้อมูล", "สำรอง", "กู้คืน"] },
  },
  el: {
    documents: {
      search: "# Αναζήτηση σε όλα τα σχέδια\n\nΤα αποτελέσματα εμφανίζονται κατά την πληκτρολόγηση.",
      backup: "# Αντίγραφα ασφαλείας\n\nΤα κρυπτογραφημένα αντίγραφα φυλάσσονται αλλού.",
    },
    queries: { search: ["αναζήτηση", "αναζητηση", "ΣΧΕΔΙΑ", "αποτελ"], backup: ["αντιγραφα", "κρυπτογραφ"] },
  },
  pl: {
    documents: {
      search: "# Wyszukiwanie we wszystkich planach\n\nWyniki pojawiają się podczas pisania. Łatwość użycia jest ważna.",
      backup: "# Kopie zapasowe baz danych\n\nZaszyfrowane kopie są przechowywane gdzie indziej.",
    },
    queries: { search: ["wyszukiwanie", "latwosc", "użyc"], backup: ["kopie", "zaszyfrowane", "przechow"] },
  },
  en: {
    documents: {
      search: "# Search in every language\n\nThe café's naïve résumé is found, and so is 日本語 within English, and Müller.",
      backup: "# Backups of databases\n\nEncrypted copies are kept elsewhere.",
    },
    queries: { search: ["cafe", "naive", "resumes", "日本語", "muller", "languages"], backup: ["database", "encrypt", "copy"] },
  },
};

// Letters and endings to make up words of, for the languages that have stems.
export const MADE = {
  en: ["bcdfglmnprst aeiou naïve über café", "s es ed ing ly ation ness ful ize able"],
  da: ["bdfgklmnprstv aeiouæøå", "e en er erne ens ede else elser heden løst elig ig"],
  de: ["bcdfghklmnprstwzß aeiouäöüy", "e en er ern em es s st est end ung heit keit lich isch ig ik erin"],
  es: ["bcdfghlmnñprstvz aeiouáéíóúü", "ación aciones mente idad idades amiento ado ando iendo aríamos ían yeron ciones lógica anza ico ible se selo ándonos"],
  fi: ["hjklmnprstv aeiouyäö", "ssa ssä sta stä lla llä lle ksi inen isuus minen ien iden ksensa nsa kaan kään mme mpi impi eja öjä"],
  fr: ["bcçdfghjlmnpqrstvz aeiouyéèêàâîôûë", "ation ations ement ements euse eux ité ités issait erions issions aient iqUe logie amment ivement able iste ée és ées"],
  hu: ["bcdfghjklmnprstvz aáeéiíoóöőuúüű", "ban ben ból ből tól től nak nek val vel ért okat eket jaik jeik ságot ségtől ként ig ul ül ével án én"],
  it: ["bcdfglmnpqrstvz aeiouàèéìòù", "azione azioni amente mente ità atore abile issero erebbero ando endo glielo iamo anza ivo osità"],
  nl: ["bcdfghjklmnprstvwz aeiouyëïéèij", "en heden heid ing end lijk baar je tje pje etje s se ig e de te dd tt kk"],
  no: ["bdfgklmnprstv aeiouæøå", "e en er ene ens ede else heter lig eleg leg hetslov vt dt"],
  pt: ["bcçdfghlmnprstvz aeiouáâãàéêíóôõú", "ação ações mente idade ução uções logia ência amento ador ável ível ando aríamos asse issem ira iras amos eis"],
  ro: ["bcdfghjlmnprsștțvz aăâeiîou", "ul ului elor iilor ație ații abilitate iune iuni ește ească aseră urile ează ind ând ivă oasă"],
  ru: ["бвгджзклмнпрстфхцчшщ аеёиоуыэюяйьъ", "ость ости ение ениями ейший ться вшись ивши ывать ующий ого ему ями ах ов ейше ёная"],
  sv: ["bdfgklmnprstv aeiouyäöå", "ar arna arnas heter het ande else erna orna lig ig els lös fullt gd kt"],
  tr: ["bcçdfgğhjklmnprsştvyz aeıioöuü", "ler lar lerin larda den dan ten sı imiz ımız sınız dir dır ken ki nda ylen cesine casına yken di mış"],
};
