/// One incident as it happens. `turn` counts those of its kind: the ways of doing it take turns, so that each comes up.
struct Attack {
    let world: World
    let incident: Incident
    let turn: Int
    var random: Random
    var person = World.Person(account: "", duty: .clerk, office: 0, desk: "", home: "", agent: "")

    var profile: Profile { world.profile }

    init(world: World, incident: Incident, turn: Int, random: Random) {
        self.world = world
        self.incident = incident
        self.turn = turn
        self.random = random
    }

    mutating func run() {
        switch incident.kind {
        case .foreignAccess: foreignAccess()
        case .bulkDownload: bulkDownload()
        case .enumeration: enumeration()
        case .bruteForce: bruteForce(succeeds: false)
        case .bruteForceSuccess: bruteForce(succeeds: true)
        case .credentialStuffing: credentialStuffing()
        case .passwordSpray: passwordSpray()
        case .injection: injection()
        case .traversal: traversal()
        case .webShell: webShell()
        case .scanner: scanner()
        case .adminAccess: adminAccess()
        case .offHours: offHours()
        case .databaseDump: databaseDump()
        case .directDatabase: directDatabase()
        case .dormantAccount: dormantAccount()
        case .impossibleTravel: impossibleTravel()
        case .logTampering: logTampering()
        case .personalDataInLog: personalDataInLog()
        case .sigma: sigma()
        }
    }

    /// Attackers' addresses, in networks of their own: told in the truth.
    mutating func address(_ region: String? = nil) -> String {
        let chosen = region ?? (random.chance(0.5) ? "CN" : random.pick(AddressSpace.foreign))
        let address = world.space.own(chosen, &random)
        incident.addresses.append(address)
        return address
    }

    mutating func foreignAddress() -> String { address(random.pick(AddressSpace.foreign)) }

    mutating func use(_ account: String) -> String {
        if !incident.accounts.contains(account) { incident.accounts.append(account) }
        return account
    }

    mutating func count(_ range: ClosedRange<Double>) -> Int { Int(random.logarithmic(range)) }

    /// Seconds between two requests, such that `count` of them take no longer than `most`.
    mutating func gap(_ count: Int, most: Moment = 3 * day) -> Double {
        min(random.logarithmic(profile.pace), Double(most) / Double(second) / Double(max(1, count)))
    }

    mutating func pass(_ time: inout Moment, _ gap: Double) { time += Moment(random.exponential(gap) * Double(second)) + 1_000 }

    /// Through the public site or the mobile interface.
    func request(_ onPortal: Bool, _ time: Moment, _ request: Request, before: String? = nil) {
        if onPortal { world.portal(time, request, incident) } else { world.api(time, request, before: before, incident) }
    }

    /// A record of the public site, the mobile interface: read, counted.
    mutating func read(
        _ onPortal: Bool, _ template: String, _ id: Int, _ address: String, _ agent: String, _ time: Moment, missing: Double = 0,
        before: String? = nil, account: String = "-"
    ) {
        let isThere = !random.chance(missing)
        request(
            onPortal, time,
            Request(
                address: address, account: account, path: template.replacing("{id}", with: String(id)), status: isThere ? 200 : 404,
                bytes: isThere ? random.within(700...9_000) : 153,
                agent: agent), before: before)
        if isThere { incident.persons += 1 }
    }
}
