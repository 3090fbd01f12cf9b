/// Requests, user agents and referrers of an online clinic's site.
enum LogTexts {
    /// One kind of request; `%` in the path stands for a number.
    struct Request {
        var before: [UInt8]
        var after: [UInt8]
        /// Numbers go from 1 to this; 0: the path holds none.
        var largestNumber: Int
        var smallest: Int
        var spread: Int
        /// Answered with 201 or 302 instead of 200; 0: 200.
        var status: Int
    }

    static let agents = ByteTable([
        "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148 MicroMessenger/8.0.60",
        "Mozilla/5.0 (Linux; Android 15; V2364A) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0 Mobile Safari/537.36 MicroMessenger/8.0.58",
        "Mozilla/5.0 (Linux; Android 14; HBN-AL00) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/114.0.5735.196 Mobile Safari/537.36",
        "Mozilla/5.0 (Linux; U; Android 14; zh-cn; 23127PN0CC) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/123.0 MiuiBrowser/19.2",
        "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/137.0.0.0 Safari/537.36",
        "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/136.0.0.0 Safari/537.36 Edg/136.0.0.0",
        "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Safari/605.1.15",
        "Mozilla/5.0 (X11; Linux x86_64; rv:139.0) Gecko/20100101 Firefox/139.0",
        "Mozilla/5.0 (compatible; Baiduspider/2.0; +http://www.baidu.com/search/spider.html)",
        "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)",
        "curl/8.7.1", "Go-http-client/2.0",
        "python-requests/2.32.3", "python-requests/2.31.0", "Python/3.11 aiohttp/3.9.5",
    ])
    static let people = 0..<8
    static let tools = 8..<12
    static let scripts = 12..<15

    static let requests: [Request] = table.split(separator: "\n").compactMap { line in
        let fields = line.split(separator: " ")
        guard fields.count == 6, let smallest = Int(fields[3]), let spread = Int(fields[4]), let status = Int(fields[5]) else { return nil }
        let path = fields[2].split(separator: "%", omittingEmptySubsequences: false)
        return Request(
            before: Array("\(fields[1]) \(path[0])".utf8), after: Array((path.count > 1 ? path[1] : "").utf8),
            largestNumber: path.count < 2 ? 0 : path[0].hasSuffix("page=") ? 40 : 90_000, smallest: smallest, spread: spread, status: status)
    }

    static let requestWeights = WeightedTable(table.split(separator: "\n").map { Double($0.prefix { $0 != " " }) ?? 0 })

    static let referrers = ByteTable([
        "-", "https://clinic.example.cn/", "https://clinic.example.cn/doctors", "https://clinic.example.cn/visits", "https://www.baidu.com/link",
        "https://servicewechat.com/wx0000000000000000/42/page-frame.html",
    ])
    static let referrerWeights = WeightedTable([30, 25, 15, 12, 6, 12])

    /// Weight, method, path, smallest body and how much larger it can be (bytes), status when all is well.
    private static let table = """
        120 GET / 5120 1200 200
        150 GET /assets/app.8f3c.js 182044 1 200
        110 GET /assets/app.51ab.css 28810 1 200
        90 GET /assets/logo.png 7120 1 200
        130 GET /api/doctors?page=% 3200 5200 200
        110 GET /api/doctors/% 900 1400 200
        90 GET /api/departments 2280 1 200
        100 GET /api/visits?page=% 1800 2600 200
        70 GET /api/visits/% 700 1600 200
        40 POST /api/visits 120 60 201
        60 GET /api/patients/%/records 2400 5200 200
        45 GET /api/prescriptions/% 600 1500 200
        40 POST /api/login 380 60 200
        15 POST /api/sms-code 64 8 200
        30 GET /api/messages?page=% 700 4200 200
        24 POST /api/messages 90 40 201
        22 GET /articles/% 8400 15000 200
        12 POST /api/payments 210 60 201
        10 GET /pay/return?order=% 0 1 302
        16 GET /healthz 2 1 200
        """
}
