extension Attack {
    /// Records read from abroad.
    mutating func foreignAccess() {
        incident.succeeded = true
        let total = count(profile.readers)
        var time = incident.start
        let gap = gap(total, most: day)
        switch turn % 5 {
        case 0, 1:
            incident.variant =
                turn % 5 == 0 ? "records through the mobile interface, one address" : "records of the site, several addresses of one network"
            let onPortal = turn % 5 == 1
            let template = random.pick(onPortal ? profile.portalRecords : profile.apiRecords)
            let network = world.space.ownNetwork(random.pick(AddressSpace.foreign), &random)
            incident.addresses = (0..<(onPortal ? 4 : 1)).map { _ in AddressSpace.address(network, &random) }
            let agent = random.pick(onPortal ? Names.desktopAgents : profile.apiAgents)
            for _ in 0..<total {
                read(onPortal, template, world.record(&random), random.pick(incident.addresses), agent, time)
                pass(&time, gap)
            }
        case 2:
            incident.variant = "the database's port, with a right password"
            let host = foreignAddress()
            let user = use(random.pick(profile.administrators))
            var session = world.postgresSession(time, user, host, program: "psql")
            world.postgresConnect(time, &session, incident)
            for _ in 0..<random.within(6...60) {
                pass(&time, 12)
                world.postgresStatement(
                    time, &session,
                    "SELECT name, phone FROM \(random.pick(profile.sensitiveTables)) WHERE id BETWEEN \(world.record(&random)) AND \(world.record(&random)) LIMIT 500",
                    incident)
            }
            world.postgresDisconnect(time + second, &session, incident)
        case 3:
            incident.variant = "an employee's account from abroad"
            let host = foreignAddress()
            let account = use(person.account)
            let agent = random.pick(Names.desktopAgents)
            world.applicationLogin(time, account, host, agent, succeeds: true, incident)
            for _ in 0..<total {
                pass(&time, gap)
                world.open(account, host, agent, world.record(&random), time, &random, incident)
            }
        default:
            incident.variant = "a forged X-Forwarded-For before the foreign client"
            let host = foreignAddress()
            let forged = world.space.any("CN", &random)
            let template = random.pick(profile.apiRecords)
            for _ in 0..<total {
                read(false, template, world.record(&random), host, profile.apiAgents[0], time, before: forged)
                pass(&time, gap)
            }
        }
    }

    /// Records by the thousand, from within the country.
    mutating func bulkDownload() {
        incident.succeeded = true
        let total = count(profile.bulk)
        var time = incident.start
        let gap = gap(total, most: 8 * hour)
        switch turn % 5 {
        case 0:
            incident.variant = "an employee's account at the office"
            let account = use(person.account)
            let host = world.workplace(person)
            incident.addresses = [host]
            for _ in 0..<total {
                world.open(account, host, person.agent, world.record(&random), time, &random, incident)
                pass(&time, gap)
            }
        case 1:
            incident.variant = "one address, no account"
            let host = address("CN")
            let onPortal = random.chance(0.5)
            let template = random.pick(onPortal ? profile.portalRecords : profile.apiRecords)
            let agent = random.pick(onPortal ? Names.desktopAgents : profile.apiAgents)
            for _ in 0..<total {
                read(onPortal, template, world.record(&random), host, agent, time)
                pass(&time, gap)
            }
        case 2:
            incident.variant = "exports: few requests, many rows"
            let account = use(person.account)
            let host = address("CN")
            world.applicationLogin(time, account, host, person.agent, succeeds: true, incident)
            for batch in 0..<random.within(5...30) {
                pass(&time, 90)
                let rows = random.within(4_000...60_000)
                world.application(
                    time,
                    Request(
                        address: host, account: account, path: profile.applicationExport.replacing("{n}", with: String(batch)), bytes: rows * 212,
                        agent: person.agent), rows: rows, incident)
                incident.persons += rows
            }
        case 3:
            incident.variant = "a partner's account, far beyond its habit"
            let index = random.below(profile.partners.count)
            let account = use(profile.partners[index])
            let host = address("CN")
            let many = max(total, Int(20_000 * world.scale))
            for _ in 0..<many {
                read(false, profile.partnerRecord, random.within(40_000_000...79_999_999), host, "python-requests/2.31.0", time, account: account)
                pass(&time, min(gap, 1))
            }
        default:
            incident.variant = "pages of a hundred thousand rows through the bastion"
            let account = use(random.pick(profile.administrators))
            incident.addresses = [profile.bastion]
            let thread = world.session()
            world.mariadbConnect(time, thread, account, profile.bastion, incident)
            for page in 0..<random.within(5...20) {
                pass(&time, 40)
                let statement = profile.mariadbPage.replacing("{from}", with: String(page * 100_000))
                world.mariadb(time, thread, "Query", statement, incident)
                world.slow(time + 6 * second, account, profile.bastion, thread, statement, rows: 100_000, seconds: 6, incident)
                incident.persons += 100_000
            }
            world.mariadb(time + 9 * second, thread, "Quit", "", incident)
        }
    }

    /// Record numbers one after another.
    mutating func enumeration() {
        let total = count(profile.walk)
        var time = incident.start
        let gap = gap(total)
        let missing = random.pick([0, 0.05, 0.3, 0.6])
        let step = random.pick([1, 1, 1, 2, -1])
        var id = random.within((profile.records.lowerBound + 100_000)...(profile.records.upperBound - 100_000))
        incident.succeeded = true
        if turn % 4 == 3 {
            incident.variant = "an employee's account, step \(step), a record each \(Int(gap)) s"
            let account = use(person.account)
            let host = world.workplace(person)
            incident.addresses = [host]
            let template = random.pick(profile.applicationRecords)
            for _ in 0..<max(total, 600) {
                world.application(
                    time,
                    Request(
                        address: host, account: account, path: template.replacing("{id}", with: String(id)), bytes: random.within(900...7_000),
                        agent: person.agent), rows: 1, incident)
                incident.persons += 1
                id += step
                pass(&time, gap)
            }
            return
        }
        let onPortal = turn % 2 == 0
        let hosts = turn % 4 == 1 ? (0..<random.within(2...4)).map { _ in address() } : [address()]
        incident.variant = "\(hosts.count) addresses, step \(step), \(Int(missing * 100)) % missing, a record each \(Int(gap)) s"
        let template = random.pick(onPortal ? profile.portalRecords : profile.apiRecords)
        let agent = random.pick(profile.toolAgents + Names.desktopAgents)
        for index in 0..<(hosts.count == 1 ? total : max(total, hosts.count * 200)) {
            read(onPortal, template, id, hosts[index % hosts.count], agent, time, missing: missing)
            id += step
            pass(&time, gap)
        }
    }

    /// An employee who reads records by the hundred while everybody sleeps.
    mutating func offHours() {
        incident.succeeded = true
        incident.variant = "an employee's account by night"
        let account = use(person.account)
        let host = random.chance(0.5) ? world.workplace(person) : person.home
        incident.addresses = [host]
        let total = count(profile.nightly)
        var time = incident.start
        let gap = Double(random.within(3_000...10_000)) / Double(total)
        world.applicationLogin(time, account, host, person.agent, succeeds: true, incident)
        for _ in 0..<total {
            pass(&time, gap)
            world.open(account, host, person.agent, world.record(&random), time, &random, incident)
        }
    }
}
