/// Synthetic accounts and identifiers.
enum Names {
    private static let families = [
        "wang", "li", "zhang", "liu", "chen", "yang", "zhao", "huang", "zhou", "wu", "xu", "sun", "hu", "zhu", "gao", "lin", "he", "guo", "ma", "luo",
        "liang", "song", "zheng", "xie", "han", "tang",
        "feng", "yu", "dong", "xiao", "cheng", "cao", "yuan", "deng", "fu", "shen", "zeng", "peng", "lv", "su",
    ]
    private static let given = ["wei", "fang", "na", "min", "jing", "lei", "qiang", "jun", "yan", "ping", "hao", "xin", "ting", "bo", "rui"]

    /// `li.wei`: different for every number below 600.
    static func dotted(_ number: Int) -> String {
        families[number % families.count] + "." + given[number / families.count % given.count] + (number >= 600 ? "\(number / 600)" : "")
    }

    /// `weil0427`: the same persons as another company names them.
    static func numbered(_ number: Int) -> String {
        given[number % given.count] + String(families[number / given.count % families.count].prefix(1)) + String(1_000 + number * 37 % 8_999)
    }

    /// An identity number whose check digit is right (GB 11643).
    static func identityNumber(_ random: inout Random) -> String {
        let areas = ["110101", "310104", "440305", "330106", "510107", "420106"]
        var digits = random.pick(areas) + "\(random.within(1950...2004))"
        digits += pad(random.within(1...12)) + pad(random.within(1...28)) + pad(random.within(0...99)) + "\(random.within(0...9))"
        let weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
        let sum = zip(digits.utf8, weights).reduce(0) { $0 + Int($1.0 - 48) * $1.1 }
        return digits + ["1", "0", "X", "9", "8", "7", "6", "5", "4", "3", "2"][sum % 11]
    }

    static func mobile(_ random: inout Random) -> String {
        random.pick(["138", "139", "150", "177", "186", "199"]) + pad(random.within(0...99)) + pad(random.within(0...99)) + pad(random.within(0...99))
            + pad(random.within(0...99))
    }

    /// In the form of a JSON Web Token.
    static func token(_ random: inout Random) -> String {
        let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_")
        func part(_ count: Int, _ random: inout Random) -> String { String((0..<count).map { _ in alphabet[random.below(64)] }) }
        return "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJzdWIiOiI" + part(40, &random) + "." + part(43, &random)
    }

    static func pad(_ value: Int) -> String { value < 10 ? "0\(value)" : "\(value)" }

    /// What people look for; some of it looks like an attack to a careless eye.
    static let searches = [
        "%E5%84%BF%E7%A7%91", "%E5%8D%8F%E5%92%8C%E5%8C%BB%E9%99%A2", "western+union+hospital", "select+a+doctor", "union+hospital+order+by+bus",
        "O%27Brien", "children%27s+health",
        "alzheimer's", "drop+off+table+for+IV", "sleep+(5+hours)+enough", "how+to+delete+account+from+app", "insert+needle+into+vein",
        "blood+pressure+120%2F80", "where+is+dr.+or",
        "a+and+b+%3D+o", "vitamin+B12--B6", "1+or+2+vaccines", "fever+%3E+39", "%E6%B5%81%E6%84%9F", "cat+scratch+fever", "update+my+insurance+set",
        "script+for+glasses",
        "exec+check-up+price", "benchmark+(liver)+values", "waitfor+results", "and+1+more", "having+a+baby",
    ]

    static let desktopAgents = [
        "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Safari/537.36",
        "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/124.0.0.0 Safari/537.36 Edg/124.0.2478.51",
        "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.4 Safari/605.1.15",
        "Mozilla/5.0 (Windows NT 6.1; WOW64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/109.0.0.0 Safari/537.36",
    ]
    static let mobileAgents = [
        "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148 MicroMessenger/8.0.49(0x18003137) NetType/WIFI Language/zh_CN",
        "Mozilla/5.0 (Linux; Android 14; V2309A Build/UP1A; wv) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/116.0.0.0 Mobile Safari/537.36",
        "Mozilla/5.0 (Linux; Android 13; 22081212C) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/118.0.0.0 Mobile Safari/537.36",
        "Mozilla/5.0 (iPhone; CPU iPhone OS 16_7 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/16.6 Mobile/15E148 Safari/604.1",
    ]
}
