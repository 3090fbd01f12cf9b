extension World {
    /// One patient's visit: a few pages, perhaps the own records. Returns the lines that it made.
    func visit(at start: Moment, throughApp: Bool, _ random: inout Random) -> Int {
        var time = start
        var made = 0
        // Some live or travel abroad and look at what is theirs.
        let abroad = random.chance(0.012)
        let address =
            abroad
            ? space.any(random.chance(0.25) ? "HK" : random.pick(AddressSpace.foreign), &random)
            : random.chance(throughApp ? 0.4 : 0.2) ? random.pick(carriers) : random.chance(0.15) ? space.anySix(&random) : space.any("CN", &random)
        let agent = throughApp ? random.pick(profile.apiAgents) : random.pick(random.chance(0.6) ? Names.mobileAgents : Names.desktopAgents)
        let family = (0...random.below(3)).map { _ in record(&random) }
        // Some corporate proxies tell their inner address.
        let before = throughApp && random.chance(0.03) ? "192.168.\(random.below(9)).\(random.within(2...250))" : nil
        var referer = "-"

        func request(_ path: String, method: String = "GET", status: Int = 200, bytes: Int) {
            let request = Request(address: address, method: method, path: path, status: status, bytes: bytes, referer: referer, agent: agent)
            if throughApp { api(time, request, before: before) } else { portal(time, request) }
            made += 1
            time += Moment(random.exponential(throughApp ? 3 : 14) * 1_000_000) + 200_000
            if !throughApp, method == "GET", status == 200, !path.hasSuffix(".js"), !path.hasSuffix(".css") {
                referer = "https://\(profile.domain)\(path)"
            }
        }

        if !throughApp, random.chance(0.3) {
            referer = random.pick([
                "https://www.baidu.com/s?wd=../%E6%8C%82%E5%8F%B7", "https://www.baidu.com/link?url=x7f",
                "https://cn.bing.com/search?q=select+hospital", "https://m.sogou.com/",
            ])
        }
        for _ in 0...random.below(throughApp ? 6 : 5) {
            let draw = random.unit()
            if !throughApp, draw < 0.25 {
                request(
                    random.pick(profile.assets), status: random.chance(0.4) ? 304 : 200, bytes: random.chance(0.4) ? 0 : random.within(2_000...90_000)
                )
            } else if !throughApp, draw < 0.4 {
                request(fill(profile.search, id: 0, &random, at: time), bytes: random.within(4_000...30_000))
            } else if !throughApp, draw < 0.43 {
                request(fill(random.pick(profile.oldLinks), id: 0, &random, at: time), status: 404, bytes: 553)
            } else if !throughApp, draw < 0.6 {
                request(fill(random.pick(profile.numberedPages), id: 0, &random, at: time), bytes: random.within(6_000...40_000))
            } else if draw < 0.61 {
                request(
                    fill(random.pick(throughApp ? profile.apiPages : profile.publicPages), id: 0, &random, at: time),
                    status: random.chance(0.3) ? 502 : 499, bytes: 0)
            } else {
                let page = fill(random.pick(throughApp ? profile.apiPages : profile.publicPages), id: 0, &random, at: time)
                // Advertisements whose macros nobody filled in.
                request(
                    !throughApp && random.chance(0.02) ? page + (page.contains("?") ? "&" : "?") + "utm_source=feed&ad={{ad.id}}" : page,
                    bytes: random.within(900...40_000))
            }
        }
        guard random.chance(throughApp ? 0.75 : 0.35) else { return made }
        let login = throughApp ? profile.apiLogin : profile.portalLogin
        if !throughApp || random.chance(0.25) {
            if random.chance(0.08) { for _ in 0...random.below(3) { request(login.path, method: "POST", status: login.failure, bytes: 143) } }
            if random.chance(0.97) { request(login.path, method: "POST", status: login.success, bytes: 512) } else { return made }
        }
        for _ in 0...random.below(abroad ? 5 : 7) {
            request(
                fill(random.pick(throughApp ? profile.apiRecords : profile.portalRecords), id: random.pick(family), &random, at: time),
                bytes: random.within(700...9_000))
        }
        return made
    }

    /// Search engines, in this hour: public pages, many of them in the order of their numbers, and old links.
    func crawl(_ start: Moment, _ random: inout Random) {
        for index in crawlers.indices {
            for _ in 0..<random.count([90, 40, 30, 25, 8, 12][index % 6] * scale) {
                let time = start + Moment(random.below(Int(hour)))
                let draw = random.unit()
                let path =
                    draw < 0.6
                    ? profile.numberedPages[index % profile.numberedPages.count].replacing("{n}", with: String(advance(index)))
                    : draw < 0.68
                        ? fill(random.pick(profile.oldLinks), id: 0, &random, at: time)
                        : draw < 0.7 ? "/robots.txt" : fill(random.pick(profile.publicPages), id: 0, &random, at: time)
                let gone = draw >= 0.6 && draw < 0.68
                portal(
                    time,
                    Request(
                        address: random.pick(crawlers[index].addresses), path: path, status: gone ? 404 : random.chance(0.1) ? 304 : 200,
                        bytes: gone ? 553 : random.within(5_000...40_000),
                        agent: crawlers[index].agent))
            }
        }
    }
}
