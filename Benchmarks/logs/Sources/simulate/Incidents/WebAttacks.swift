extension Attack {
    mutating func injection() {
        let total = count(profile.probes)
        let isTool = random.chance(0.5)
        let host = address()
        let agent = isTool ? random.pick(profile.toolAgents) : random.pick(Names.desktopAgents)
        let coding = random.below(4)
        incident.succeeded = random.chance(0.4)
        incident.variant = "\(isTool ? "a tool" : "by hand"), coding \(coding)"
        var time = incident.start
        let gap = gap(total, most: 10 * hour)
        for index in 0..<total {
            let payload = random.pick(profile.injections)
            let place = random.pick(profile.injectable)
            let isHit = incident.succeeded && index > total / 2 && random.chance(0.3)
            let query = encode(coding == 3 ? mixed(payload) : payload, twice: coding == 2)
            request(
                !place.hasPrefix("/api"), time,
                Request(
                    address: host, path: place + query, status: isHit ? 200 : random.pick([200, 400, 403, 500, 500]),
                    bytes: isHit ? random.within(40_000...400_000) : random.within(300...1_200), agent: agent))
            pass(&time, gap)
        }
    }

    /// What a browser or a tool makes of it in an address.
    private func encode(_ text: String, twice: Bool) -> String {
        var result = ""
        for unit in text.utf8 {
            switch unit {
            case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x2E, 0x5F, 0x28, 0x29, 0x2A: result.unicodeScalars.append(Unicode.Scalar(unit))
            case 0x20 where !twice: result += "+"
            default: result += (twice ? "%25" : "%") + (unit < 16 ? "0" : "") + String(unit, radix: 16, uppercase: true)
            }
        }
        return result
    }

    private mutating func mixed(_ text: String) -> String {
        String(text.map { random.chance(0.5) ? Character($0.uppercased()) : Character($0.lowercased()) }).replacing(" ", with: "/**/")
    }

    mutating func traversal() {
        let total = count(6...90)
        let host = address()
        let agent = random.pick(profile.toolAgents + Names.desktopAgents)
        incident.succeeded = random.chance(0.5)
        incident.variant = "\(total) requests"
        var time = incident.start
        let gap = gap(total, most: 6 * hour)
        for index in 0..<total {
            let isHit = incident.succeeded && index >= total - 3
            world.portal(
                time,
                Request(
                    address: host, path: random.pick(profile.traversals), status: isHit ? 200 : random.pick([400, 403, 404, 404]),
                    bytes: isHit ? random.within(900...3_000) : 153, agent: agent), incident)
            pass(&time, gap)
        }
    }

    mutating func webShell() {
        let host = address()
        let agent = random.pick(Names.desktopAgents)
        let shell = world.fill(random.pick(profile.shells), id: 0, &random, at: incident.start)
        incident.succeeded = true
        var time = incident.start
        world.portal(time, Request(address: host, method: "POST", path: profile.uploads, bytes: 95, agent: agent), incident)
        let isQuiet = turn % 2 == 1
        let total = count(8...120)
        incident.variant = isQuiet ? "POST only" : "commands in the query"
        let gap = gap(total, most: 12 * hour)
        for _ in 0..<total {
            pass(&time, gap)
            world.portal(
                time,
                Request(
                    address: host, method: isQuiet ? "POST" : "GET", path: isQuiet ? shell : shell + random.pick(profile.shellCommands), status: 200,
                    bytes: random.within(60...20_000), agent: agent), incident)
        }
    }

    mutating func scanner() {
        let total = count(profile.scans)
        let host = address()
        let agent = random.pick(profile.toolAgents)
        incident.variant = agent
        var time = incident.start
        let gap = gap(total, most: 12 * hour)
        let onPortal = turn % 3 != 2
        let endings = ["", ".bak", ".old", ".zip", "~", ".swp", "/", ".1"]
        for index in 0..<total {
            var path = profile.scanned[index % profile.scanned.count] + endings[index / profile.scanned.count % endings.count]
            if index >= profile.scanned.count * endings.count { path = "/" + String(random.next() % 1_000_000, radix: 36) + path }
            let isThere = random.chance(0.01)
            request(
                onPortal, time,
                Request(
                    address: host, path: path, status: isThere ? 200 : random.pick([404, 404, 404, 403]), bytes: isThere ? 4_100 : 153, agent: agent))
            pass(&time, gap)
        }
        incident.succeeded = false
    }

    /// The interfaces of administrators, from outside.
    mutating func adminAccess() {
        let host = address()
        incident.succeeded = turn % 4 != 3
        let total = incident.succeeded ? random.within(4...60) : random.within(20...80)
        incident.variant = incident.succeeded ? "served" : "refused"
        var time = incident.start
        let gap = gap(total, most: 6 * hour)
        let onPortal = random.chance(0.6)
        for _ in 0..<total {
            let path = random.pick(profile.administrationPages)
            request(
                onPortal, time,
                Request(
                    address: host, path: path, status: incident.succeeded ? 200 : random.pick([401, 403]),
                    bytes: incident.succeeded ? random.within(2_000...90_000) : 153, agent: random.pick(Names.desktopAgents)))
            pass(&time, gap)
        }
    }
}
