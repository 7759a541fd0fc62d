"""Names that are said whole or not at all, copied by hand from the sources."""

BUILDING = (
    "自家発電設備、キュービクル式高圧受電設備、変圧器、配電設備、電力供給自動制御システム、照明設備、"
    "無停電電源装置、貯水タンク、浄水装置、排水ポンプ、揚水ポンプ、格納式避難設備、止水板、"
    "耐震・制震・免震装置、架台（対象設備をかさ上げするためのもの）、防水シャッター（同等のものを含む）"
)
INSURERS = {
    "あいおいニッセイ同和損害保険", "AIG損害保険", "共栄火災海上保険", "セコム損害保険",
    "損害保険ジャパン", "大同火災海上保険", "Chubb損害保険", "東京海上日動火災保険",
    "日新火災海上保険", "三井住友海上火災保険", "全日本火災共済協同組合連合会",
}  # fmt: skip
POINTS = {
    "ものづくり補助金",
    "事業承継・M&A補助金（専門家活用枠）",
    "中小企業省力化投資補助金（一般型）",
    "小規模事業者持続化補助金（一般型・通常枠）",
    "小規模事業者持続化補助金（創業型）",
}
REQUIRED = {
    "地方公共団体による小規模事業者等支援推進事業費補助金（災害救助法適用時支援）",
    "なりわい再建支援補助金（激甚災害(本激)時支援）",
}
HOSTS = {
    "www.chusho.meti.go.jp", "www.kanto.meti.go.jp", "www.chubu.meti.go.jp",
    "www.keizokuryoku.go.jp", "www.pref.chiba.lg.jp", "www.smrj.go.jp", "kikou.smrj.go.jp",
    "jnet21-snavi.smrj.go.jp", "kyoujinnka.smrj.go.jp", "kyoujinnka-handson.smrj.go.jp",
    "jigyo-kei-jikkoseikojo.jp",
}  # fmt: skip
