import Foundation

/// A company, its people and its networks: the same for a seed, with or without incidents.
final class World {
    let profile: Profile
    let seed: UInt64
    let end: Moment
    /// Ordinary lines against what the rates of this file were made for, 10 million; at most 1: busier worlds have more people, not busier ones.
    let scale: Double
    let lines: Int
    let space: AddressSpace
    let timeline: Timeline
    let writers: [LogWriter]
    var random: Random

    /// Public addresses of the offices, behind each of which many people sit.
    private(set) var offices: [String] = []
    /// Carriers' gateways: thousands of patients behind each.
    private(set) var carriers: [String] = []
    private(set) var staff: [Person] = []
    /// Left after the first days, and their accounts were forgotten.
    private(set) var leavers: [Person] = []
    private(set) var engineers: [Person] = []
    private(set) var partnerAddresses: [String] = []
    private(set) var monitors: [String] = []
    private(set) var crawlers: [Crawler] = []
    var sessions = 10_000
    var serial = 0

    struct Person {
        enum Duty { case doctor, agent, clerk, monthly }

        var account: String
        var duty: Duty
        var office: Int
        /// An address inside the office.
        var desk: String
        var home: String
        var agent: String
        /// Away for these days of the world.
        var leave: ClosedRange<Int>?
        /// Where the person is on these days, and from when.
        var trips: [Trip] = []
    }

    struct Trip {
        var days: ClosedRange<Int>
        var address: String
        var firstHour: Int
    }

    struct Crawler {
        var agent: String
        var addresses: [String]
        var next: Int
    }

    init(_ profile: Profile, seed: UInt64, lines: Int, folder: String, geoip: String) {
        self.profile = profile
        self.seed = seed
        self.lines = lines
        end = profile.start + Moment(profile.days) * day
        scale = min(1, Double(lines) / 10_000_000 * 120 / Double(profile.days))
        space = AddressSpace(folder: geoip)
        writers = Source.allCases.map { LogWriter(folder + "/" + (profile.files[$0] ?? "\($0).log")) }
        timeline = Timeline(start: profile.start, hours: profile.days * 24, writers: writers)
        random = Random(seed, "ordinary " + profile.name)
        people()
        machines()
        writers[Source.mariadbGeneral.rawValue].append(
            "/usr/sbin/mariadbd, Version: 10.11.6-MariaDB-log (MariaDB Server). started with:\nTcp port: 3306  Unix socket: /run/mysqld/mysqld.sock\nTime\t\t    Id Command\tArgument\n"
        )
    }

    func close() {
        for writer in writers { writer.close(modified: end) }
    }

    private func people() {
        offices = (0..<3).map { _ in space.own("CN", &random) }
        carriers = (0..<14).map { _ in space.own("CN", &random) }
        let size = max(1.0, Double(lines) / 10_000_000 * 120 / Double(profile.days))
        let count = Int(150 * min(size, 10))
        for number in 0..<count {
            let duty: Person.Duty = number % 15 == 14 ? .monthly : number % 6 == 0 ? .agent : number % 6 == 1 ? .clerk : .doctor
            staff.append(person(number, duty))
        }
        // Each of these is what a careless rule takes for a theft.
        for index in stride(from: 4, to: staff.count, by: 37) { staff[index].leave = 30...(30 + 40 + index % 8) }
        for index in stride(from: 2, to: staff.count, by: 11) {
            let first = random.within(16...(profile.days - 10))
            staff[index].trips.append(Trip(days: first...(first + random.within(0...2)), address: space.any("CN", &random), firstHour: 14))
        }
        for (index, region) in zip(stride(from: 3, to: staff.count, by: 29), ["JP", "HK", "SG", "HK", "TH"]) {
            let first = random.within(16...(profile.days - 10))
            // To Hong Kong it is an hour; to the others a flight.
            staff[index].trips.append(Trip(days: first...(first + 2), address: space.any(region, &random), firstHour: region == "HK" ? 13 : 21))
        }
        leavers = (0..<24).map { person(count + $0, .doctor) }
        engineers = profile.administrators.enumerated().map { person(count + 40 + $0.offset, .clerk, account: $0.element) }
    }

    private func person(_ number: Int, _ duty: Person.Duty, account: String? = nil) -> Person {
        Person(
            account: account ?? profile.accountName(number), duty: duty, office: number % offices.count,
            desk: "\(profile.office).\(number % offices.count + 1).\(20 + number % 200)",
            home: random.chance(0.4) ? random.pick(carriers) : space.any("CN", &random), agent: random.pick(Names.desktopAgents))
    }

    private func machines() {
        partnerAddresses = profile.partners.map { _ in space.own("CN", &random) }
        monitors = [space.own("US", &random), space.own("DE", &random), space.own("CN", &random)]
        func crawler(_ agent: String, _ region: String, _ count: Int) {
            let network = space.ownNetwork(region, &random)
            crawlers.append(
                Crawler(agent: agent, addresses: (0..<count).map { _ in AddressSpace.address(network, &random) }, next: random.below(400)))
        }
        crawler("Mozilla/5.0 (compatible; Baiduspider/2.0; +http://www.baidu.com/search/spider.html)", "CN", 8)
        crawler("Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)", "US", 6)
        crawler("Mozilla/5.0 (compatible; bingbot/2.0; +http://www.bing.com/bingbot.htm)", "US", 6)
        crawler("Sogou web spider/4.0(+http://www.sogou.com/docs/help/webmasters.htm#07)", "CN", 4)
        crawler("Mozilla/5.0 (compatible; YandexBot/3.0; +http://yandex.com/bots)", "RU", 2)
        crawler("Mozilla/5.0 (compatible; AhrefsBot/7.0; +http://ahrefs.com/robot/)", "SG", 3)
    }

    func advance(_ crawler: Int) -> Int {
        crawlers[crawler].next += 1
        return crawlers[crawler].next % 6_000
    }

    func session() -> Int {
        sessions += 1
        return sessions
    }

    /// The address that the application sees of somebody at the office.
    func workplace(_ person: Person) -> String { profile.seesDesks && person.account.utf8.count % 2 == 0 ? person.desk : offices[person.office] }

    /// The day of the world that a moment is in.
    func dayIndex(_ moment: Moment) -> Int { Int((moment - profile.start) / day) }
    func isHoliday(_ index: Int) -> Bool { profile.holiday.contains(index) }
}

extension World {
    /// A path with its places filled in.
    func fill(_ template: String, id: Int, _ random: inout Random, at time: Moment) -> String {
        guard template.utf8.contains(0x7B) else { return template }
        var result = ""
        var rest = template[...]
        while let open = rest.firstIndex(of: "{") {
            guard let close = rest[open...].firstIndex(of: "}") else { break }
            result += rest[..<open]
            switch rest[rest.index(after: open)..<close] {
            case "id": result += String(id)
            case "n": result += String(random.within(1...300))
            case "q": result += random.pick(Names.searches)
            case "s": result += String(time / second - 60)
            case "ms": result += String(time / 1_000)
            case "idcard": result += Names.identityNumber(&random)
            case "mobile": result += Names.mobile(&random)
            case "token": result += Names.token(&random)
            default: result += rest[open...close]
            }
            rest = rest[rest.index(after: close)...]
        }
        return result + rest
    }

    func record(_ random: inout Random) -> Int { random.within(profile.records) }
}
