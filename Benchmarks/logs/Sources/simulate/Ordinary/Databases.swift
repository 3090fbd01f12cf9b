extension World {
    /// What the applications ask their databases in this hour: so many lines in each log.
    func databasesHour(
        _ start: Moment, postgres postgresLines: Int, general: Int, slow slowEntries: Int, cache cacheLines: Int, _ random: inout Random
    ) {
        var left = postgresLines
        while left > 0 {
            let server = random.pick(profile.applicationServers)
            var time = start + Moment(random.below(Int(hour - 6 * minute)))
            var session = postgresSession(time, random.pick(profile.applicationRoles), server, program: "PostgreSQL JDBC Driver")
            postgresConnect(time, &session)
            let count = min(left, random.within(20...160))
            for _ in 0..<count {
                time += Moment(random.exponential(2) * Double(second))
                postgresStatement(time, &session, fill(random.pick(profile.statements), id: record(&random), &random, at: time))
            }
            postgresDisconnect(time + second, &session)
            left -= count + 4
        }
        left = general
        while left > 0 {
            var time = start + Moment(random.below(Int(hour - minute)))
            let thread = session()
            mariadbConnect(time, thread, profile.mariadbRole, random.pick(profile.applicationServers))
            let count = random.within(2...7)
            for _ in 0..<count {
                time += Moment(random.within(800...40_000))
                mariadb(time, thread, "Query", fill(random.pick(profile.mariadbStatements), id: record(&random), &random, at: time))
            }
            mariadb(time + 900, thread, "Quit", "")
            left -= count + 2
        }
        for _ in 0..<slowEntries {
            let report = random.chance(0.2)
            slow(
                start + Moment(random.below(Int(hour))), report ? profile.reportRole : profile.mariadbRole,
                report ? profile.reportHost : random.pick(profile.applicationServers), session(),
                fill(random.pick(profile.mariadbStatements), id: record(&random), &random, at: start),
                rows: report ? random.within(200...5_000) : random.within(0...400), seconds: random.within(1...8))
        }
        for _ in 0..<cacheLines {
            let key = fill(random.pick(profile.cacheKeys), id: record(&random), &random, at: start)
            cache(
                start + Moment(random.below(Int(hour))), "app_cache", random.pick(profile.applicationServers),
                random.pick(["GET ", "HGETALL ", "EXPIRE ", "SET ", "DEL "]) + key, bytes: random.within(4...900))
        }
    }

    /// Once a day: the backup, reports, administrators who look at things through the bastion.
    func databasesDay(_ start: Moment, _ random: inout Random) {
        backup(start + 2 * hour + 3 * second, &random)
        for report in 6..<22 {
            let time = start + Moment(report) * hour + 5 * minute
            var session = postgresSession(time, profile.reportRole, profile.reportHost, program: "metabase")
            postgresConnect(time, &session)
            postgresStatement(time + 30_000, &session, random.pick(profile.reports))
            postgresDisconnect(time + 4 * second, &session)
        }
        // Sessions that ran out are swept together every night.
        for step in 0..<20 {
            cache(
                start + 3 * hour + Moment(step) * 200_000, "janitor", profile.applicationServers[0],
                profile.cacheSweep.replacing("{n}", with: String(step * 512)),
                bytes: 2_100)
        }
        for step in 0..<24 {
            cache(
                start + Moment(step) * hour + 9 * second, "monitor", profile.monitorHost, step % 2 == 0 ? "INFO" : "DBSIZE",
                bytes: step % 2 == 0 ? 4_900 : 9)
        }
        let quiet = isHoliday(dayIndex(start)) || weekday(start) >= 5
        for (index, engineer) in engineers.enumerated() where random.chance(quiet ? 0.1 : 0.6) {
            maintain(engineer, start + Moment(random.within(9...17)) * hour + Moment(random.below(Int(hour))), &random)
            // Somebody is on call.
            if index == dayIndex(start) % engineers.count, random.chance(0.35) {
                maintain(engineer, start + Moment(random.below(Int(4 * hour))) + 30 * minute, &random)
            }
        }
        if dayIndex(start) < 10 {
            for leaver in leavers.suffix(8) where !quiet { maintain(leaver, start + 10 * hour + Moment(random.below(Int(6 * hour))), &random) }
        }
    }

    private func backup(_ start: Moment, _ random: inout Random) {
        var time = start
        var session = postgresSession(time, profile.backupRole, profile.backupHost, program: "pg_dump")
        postgresConnect(time, &session)
        for table in profile.plainTables + profile.sensitiveTables {
            time += Moment(random.within(2...90)) * second
            postgresStatement(time, &session, "COPY public.\(table) (id, created_at, data) TO stdout;")
        }
        postgresDisconnect(time + minute, &session)
        time += 20 * minute
        let thread = self.session()
        mariadbConnect(time, thread, profile.backupRole, profile.backupHost)
        mariadb(time + 1_000, thread, "Query", "/*!40100 SET @@SQL_MODE='' */")
        for table in profile.mariadbTables {
            time += Moment(random.within(5...30)) * second
            mariadb(time, thread, "Query", "SELECT /*!40001 SQL_NO_CACHE */ * FROM `\(table)`")
            slow(
                time + 4 * second, profile.backupRole, profile.backupHost, thread, "SELECT /*!40001 SQL_NO_CACHE */ * FROM `\(table)`",
                rows: 240_000 + dayIndex(start) * 310, seconds: 4)
        }
        mariadb(time + 6 * second, thread, "Quit", "")
    }

    /// Through the bastion to the database: counts, plans, a record or two.
    private func maintain(_ engineer: Person, _ start: Moment, _ random: inout Random) {
        let from = random.chance(0.7) ? offices[engineer.office] : engineer.home
        var time = start
        if random.chance(0.05) { sshFailed(.bastion, time - 9 * second, engineer.account, from) }
        sshAccepted(.bastion, time, engineer.account, from)
        let work = profile.maintenance
        if random.chance(0.6) {
            time += 40 * second
            if random.chance(0.08) {
                var failed = postgresSession(time, engineer.account, profile.bastion, program: "psql")
                postgresConnect(time, &failed, succeeds: false)
                time += 8 * second
            }
            var session = postgresSession(time, engineer.account, profile.bastion, program: "psql")
            postgresConnect(time, &session)
            for _ in 0..<random.within(2...12) {
                time += Moment(random.exponential(50) * Double(second)) + second
                postgresStatement(time, &session, fill(random.pick(work), id: record(&random), &random, at: time))
            }
            postgresDisconnect(time + minute, &session)
        } else {
            time += 30 * second
            let host: Source = random.chance(0.6) ? .hostAuthentication : .databaseHost
            sshAccepted(host, time, engineer.account, profile.bastion)
            for _ in 0..<random.within(1...6) {
                time += Moment(random.exponential(90) * Double(second)) + second
                let command = random.pick(profile.hostCommands)
                sudo(host, time, engineer.account, command)
                if host == .hostAuthentication {
                    let words = command.split(separator: " ")
                    let program = words.first?.split(separator: "/").last.map(String.init) ?? "sh"
                    executed(
                        time, 1_000 + engineer.account.utf8.count, ([program] + words.dropFirst().map(String.init)).joined(separator: " "),
                        asRoot: true)
                }
            }
            sshClosed(host, time + minute, engineer.account)
        }
        sshClosed(.bastion, time + 2 * minute, engineer.account)
    }
}
