extension Attack {
    /// Passwords guessed for one account, or at one login.
    mutating func bruteForce(succeeds: Bool) {
        var tries = count(profile.guesses)
        incident.succeeded = succeeds
        var time = incident.start
        let gap = gap(tries, most: day)
        switch turn % 6 {
        case 0:
            incident.variant = "the site's login"
            let host = address()
            let agent = random.pick(profile.toolAgents)
            let login = profile.portalLogin
            for _ in 0..<tries {
                world.portal(
                    time, Request(address: host, method: "POST", path: login.path, status: login.failure, bytes: 143, agent: agent), incident)
                pass(&time, gap)
            }
            guard succeeds else { return }
            world.portal(time, Request(address: host, method: "POST", path: login.path, status: login.success, bytes: 512, agent: agent), incident)
            for _ in 0..<random.within(3...20) {
                pass(&time, 8)
                read(true, random.pick(profile.portalRecords), world.record(&random), host, agent, time)
            }
        case 1:
            incident.variant = "sshd of the bastion"
            let host = address()
            let account = use(random.pick(["root"] + profile.administrators))
            for _ in 0..<tries {
                world.sshFailed(.bastion, time, account, host, incident)
                pass(&time, gap)
            }
            if succeeds {
                world.sshAccepted(.bastion, time, account, host, byKey: false, incident)
                world.sshClosed(.bastion, time + 9 * minute, account, incident)
            }
        case 2:
            incident.variant = "PostgreSQL"
            let host = random.chance(0.5) ? address() : inside()
            let account = use(random.pick(["postgres"] + profile.administrators))
            for _ in 0..<tries {
                var session = world.postgresSession(time, account, host)
                world.postgresConnect(time, &session, succeeds: false, incident)
                pass(&time, gap)
            }
            guard succeeds else { return }
            var session = world.postgresSession(time, account, host)
            world.postgresConnect(time, &session, incident)
            for _ in 0..<random.within(2...9) {
                pass(&time, 9)
                world.postgresStatement(time, &session, "SELECT * FROM \(random.pick(profile.sensitiveTables)) LIMIT 200", incident)
            }
        case 3:
            incident.variant = "one account of the application, from many addresses"
            let account = use(person.account)
            let hosts = (0..<random.within(10...40)).map { _ in address() }
            tries = max(tries, hosts.count * 5)
            let agent = random.pick(Names.desktopAgents)
            for index in 0..<tries {
                world.applicationLogin(time, account, hosts[index % hosts.count], agent, succeeds: false, incident)
                pass(&time, gap)
            }
            guard succeeds else { return }
            logInAndRead(account, hosts[tries % hosts.count], agent, &time)
        case 4:
            incident.variant = "MariaDB"
            let host = random.chance(0.5) ? address() : inside()
            let account = use("root")
            for _ in 0..<tries {
                world.mariadbConnect(time, world.session(), account, host, succeeds: false, incident)
                pass(&time, gap)
            }
            guard succeeds else { return }
            let thread = world.session()
            world.mariadbConnect(time, thread, account, host, incident)
            world.mariadb(time + second, thread, "Query", "SELECT user, host FROM mysql.user", incident)
            world.mariadb(time + 4 * second, thread, "Quit", "", incident)
        default:
            incident.variant = "one account of the application, from one address"
            let account = use(person.account)
            let host = address()
            let agent = random.pick(Names.desktopAgents)
            for _ in 0..<tries {
                world.applicationLogin(time, account, host, agent, succeeds: false, incident)
                pass(&time, gap)
            }
            guard succeeds else { return }
            logInAndRead(account, host, agent, &time)
        }
    }

    private mutating func logInAndRead(_ account: String, _ host: String, _ agent: String, _ time: inout Moment) {
        world.applicationLogin(time, account, host, agent, succeeds: true, incident)
        for _ in 0..<random.within(3...25) {
            pass(&time, 10)
            world.open(account, host, agent, world.record(&random), time, &random, incident)
        }
    }

    /// A workstation of the office that somebody else uses.
    mutating func inside() -> String {
        let host = "\(profile.office).\(random.within(100...200)).\(random.within(2...250))"
        incident.addresses.append(host)
        return host
    }

    /// Pairs of names and passwords that were stolen elsewhere: many accounts, a try or two each.
    mutating func credentialStuffing() {
        let accounts = count(profile.stuffed)
        let hosts = turn % 2 == 0 ? [address()] : (0..<random.within(10...60)).map { _ in address() }
        let hits = turn % 3 == 2 ? 0 : max(1, accounts / 120)
        incident.succeeded = hits > 0
        incident.variant = "\(accounts) accounts from \(hosts.count) addresses, \(hits) of them right"
        var time = incident.start
        let gap = gap(accounts, most: 12 * hour)
        let agent = random.pick(profile.toolAgents + Names.desktopAgents)
        for index in 0..<accounts {
            let isHit = hits > 0 && index % (accounts / hits) == accounts / hits - 1
            let account = isHit ? world.staff[(index * 17 + turn) % world.staff.count].account : profile.accountName(700 + index * 3 + turn)
            let host = hosts[index % hosts.count]
            for _ in 0..<(random.chance(0.2) ? 2 : 1) {
                world.applicationLogin(time, account, host, agent, succeeds: isHit, incident)
                pass(&time, gap)
                if isHit {
                    incident.accounts.append(account)
                    break
                }
            }
        }
    }

    /// A password that somebody surely has, tried on everybody, slowly.
    mutating func passwordSpray() {
        let names = random.within(profile.sprayed)
        let rounds = random.within(1...2)
        let gap = random.logarithmic(profile.sprayPace)
        incident.succeeded = turn % 3 == 1
        var time = incident.start
        let first = random.below(world.staff.count)
        let host = turn % 3 == 2 ? inside() : address()
        incident.variant = ["the application", "sshd of the bastion", "PostgreSQL"][turn % 3] + ", \(names) accounts, a try each \(Int(gap)) s"
        for round in 0..<rounds {
            for index in 0..<names {
                let account = world.staff[(first + index) % world.staff.count].account
                let isHit = incident.succeeded && round == rounds - 1 && index == names - 7
                switch turn % 3 {
                case 0: world.applicationLogin(time, account, host, Names.desktopAgents[0], succeeds: false, incident)
                case 1:
                    if isHit {
                        world.sshAccepted(.bastion, time, use(profile.administrators[0]), host, byKey: false, incident)
                    } else {
                        world.sshFailed(.bastion, time, account, host, isKnown: false, incident)
                    }
                default:
                    var session = world.postgresSession(time, account, host)
                    world.postgresConnect(time, &session, succeeds: false, incident)
                }
                pass(&time, gap)
            }
            time += Moment(random.within(10...40)) * minute
        }
    }
}
