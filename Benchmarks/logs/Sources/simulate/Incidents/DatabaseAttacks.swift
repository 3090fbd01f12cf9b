extension Attack {
    mutating func databaseDump() {
        incident.succeeded = true
        var time = incident.start
        switch turn % 5 {
        case 0:
            incident.variant = "pg_dump by somebody else than the backup"
            let account = use(random.pick(profile.administrators))
            let host = random.chance(0.5) ? profile.bastion : profile.applicationServers[0]
            incident.addresses = [host]
            var session = world.postgresSession(time, account, host, program: "pg_dump")
            world.postgresConnect(time, &session, incident)
            world.postgresStatement(time + 100_000, &session, "LOCK TABLE public.\(profile.sensitiveTables[0]) IN ACCESS SHARE MODE", incident)
            for table in profile.sensitiveTables {
                pass(&time, 20)
                world.postgresStatement(time, &session, "COPY public.\(table) (id, created_at, data) TO stdout;", incident)
            }
            world.postgresDisconnect(time + minute, &session, incident)
        case 1:
            incident.variant = "SELECT without WHERE"
            let account = use(random.pick(profile.administrators))
            incident.addresses = [profile.bastion]
            var session = world.postgresSession(time, account, profile.bastion, program: random.pick(profile.databaseTools))
            world.postgresConnect(time, &session, incident)
            for _ in 0..<random.within(1...4) {
                pass(&time, 60)
                world.postgresStatement(
                    time, &session, random.pick(profile.selectAll).replacing("{table}", with: random.pick(profile.sensitiveTables)), incident)
            }
            world.postgresDisconnect(time + minute, &session, incident)
        case 2:
            incident.variant = "mysqldump"
            let account = use(random.pick(profile.administrators))
            let host = random.chance(0.5) ? profile.bastion : inside()
            if incident.addresses.isEmpty { incident.addresses = [host] }
            let thread = world.session()
            world.mariadbConnect(time, thread, account, host, incident)
            world.mariadb(time + 1_000, thread, "Query", "/*!40100 SET @@SQL_MODE='' */", incident)
            for table in profile.mariadbTables {
                pass(&time, 15)
                world.mariadb(time, thread, "Query", "SELECT /*!40001 SQL_NO_CACHE */ * FROM `\(table)`", incident)
                world.slow(
                    time + 4 * second, account, host, thread, "SELECT /*!40001 SQL_NO_CACHE */ * FROM `\(table)`", rows: 251_300, seconds: 4, incident
                )
            }
            world.mariadb(time + 9 * second, thread, "Quit", "", incident)
        case 3:
            incident.variant = "all keys of the cache"
            let host = random.pick(profile.applicationServers)
            incident.addresses = [host]
            let account = use(random.pick(["default", "app_cache"]))
            world.cache(time, account, host, random.pick(profile.cacheOpeners), bytes: 4_120_000, incident)
            for _ in 0..<random.within(40...400) {
                time += Moment(random.within(2_000...90_000))
                world.cache(
                    time, account, host, world.fill(random.pick(profile.cacheEach), id: world.record(&random), &random, at: time),
                    bytes: random.within(300...2_000), incident)
                incident.persons += 1
            }
        default:
            incident.variant = "COPY to a program or a file"
            let account = use(random.pick(profile.administrators))
            incident.addresses = [profile.bastion]
            var session = world.postgresSession(time, account, profile.bastion, program: "psql")
            world.postgresConnect(time, &session, incident)
            for table in profile.sensitiveTables.prefix(random.within(1...3)) {
                pass(&time, 30)
                world.postgresStatement(
                    time, &session,
                    random.pick(profile.copies).replacing("{table}", with: table), incident)
            }
            world.postgresDisconnect(time + minute, &session, incident)
        }
    }

    mutating func lookup() -> String {
        random.pick(profile.lookups).replacing("{table}", with: random.pick(profile.sensitiveTables)).replacing(
            "{id}", with: String(world.record(&random)))
    }

    /// To the database from a workstation or a server that has no business there.
    mutating func directDatabase() {
        incident.succeeded = true
        let account = use(random.pick(profile.administrators))
        let host = random.chance(0.6) ? inside() : address("CN")
        var time = incident.start
        if turn % 3 == 2 {
            incident.variant = "MariaDB"
            let thread = world.session()
            world.mariadbConnect(time, thread, account, host, incident)
            for _ in 0..<random.within(3...30) {
                pass(&time, 20)
                world.mariadb(time, thread, "Query", profile.mariadbLookup.replacing("{id}", with: String(world.record(&random))), incident)
            }
            world.mariadb(time + second, thread, "Quit", "", incident)
            return
        }
        incident.variant = "PostgreSQL"
        var session = world.postgresSession(
            time, account, host, program: random.pick(profile.databaseTools))
        world.postgresConnect(time, &session, incident)
        for _ in 0..<random.within(3...40) {
            pass(&time, 25)
            world.postgresStatement(
                time, &session, lookup(), incident)
        }
        world.postgresDisconnect(time + 5 * second, &session, incident)
    }

    /// Who left two months ago logs in again.
    mutating func dormantAccount() {
        incident.succeeded = true
        let account = use(person.account)
        var time = incident.start
        if turn % 4 == 3 {
            incident.variant = "an engineer's account on the bastion and in PostgreSQL"
            let host = address("CN")
            world.sshAccepted(.bastion, time, account, host, incident)
            var session = world.postgresSession(time + 30 * second, account, profile.bastion, program: "psql")
            world.postgresConnect(time + 30 * second, &session, incident)
            for _ in 0..<random.within(4...30) {
                pass(&time, 20)
                world.postgresStatement(
                    time + minute, &session, lookup(), incident)
            }
            return
        }
        incident.variant = "an employee's account"
        let host = turn % 2 == 0 ? address("CN") : world.workplace(person)
        if incident.addresses.isEmpty { incident.addresses = [host] }
        world.applicationLogin(time, account, host, person.agent, succeeds: true, incident)
        for _ in 0..<random.within(20...200) {
            pass(&time, 20)
            world.open(account, host, person.agent, world.record(&random), time, &random, incident)
        }
    }

    /// Here, and within the hour on the other side of the world.
    mutating func impossibleTravel() {
        incident.succeeded = true
        let account = use(person.account)
        let here = world.workplace(person)
        let there = address(random.pick(["US", "DE", "NL", "RU", "BR", "GB", "CA", "UA"]))
        var time = incident.start
        world.applicationLogin(time, account, here, person.agent, succeeds: true, incident)
        for _ in 0..<random.within(2...6) {
            pass(&time, 60)
            world.open(account, here, person.agent, world.record(&random), time, &random, incident)
        }
        let wait = random.within(8...70)
        incident.variant = "\(wait) minutes"
        time += Moment(wait) * minute
        world.applicationLogin(time, account, there, random.pick(Names.desktopAgents), succeeds: true, incident)
        for _ in 0..<random.within(2...20) {
            pass(&time, 30)
            world.open(account, there, person.agent, world.record(&random), time, &random, incident)
        }
    }
}
