extension World {
    /// One day of everybody who works in the application.
    func staffDay(_ start: Moment, _ random: inout Random) {
        let today = dayIndex(start)
        let quiet = isHoliday(today) || weekday(start) >= 5
        let rota = (0..<3).map { staff[(today * 7 + $0 * 31) % staff.count].account }
        for person in staff where person.leave?.contains(today) != true {
            if person.duty == .monthly {
                if today % 30 == person.account.utf8.count % 30 { work(person, start, load: 0.4, &random) }
                continue
            }
            let trip = person.trips.first { $0.days.contains(today) }
            if let trip {
                travel(person, trip, start, today, &random)
                continue
            }
            if rota.contains(person.account) { nightShift(person, start, &random) }
            guard random.chance(quiet ? 0.2 : 0.9) else { continue }
            work(person, start, load: (quiet ? 0.5 : 1) * (0.7 + random.unit() * 0.6), &random)
        }
        if today < 10 { for person in leavers where !quiet && random.chance(0.8) { work(person, start, load: 0.5, &random) } }
    }

    /// Logging in at nine through the office's one address, mistyping now and then; lists paged through, records opened.
    private func work(_ person: Person, _ start: Moment, load: Double, _ random: inout Random) {
        let fromHome = random.chance(0.12)
        let address = fromHome ? person.home : workplace(person)
        let opens: Int
        let lists: Int
        switch person.duty {
        case .agent: (opens, lists) = (random.count(150 * load * scale), random.count(40 * load * scale))
        case .doctor: (opens, lists) = (random.count(42 * load * scale), random.count(24 * load * scale))
        case .clerk, .monthly: (opens, lists) = (random.count(14 * load * scale), random.count(20 * load * scale))
        }
        var time = start + 8 * hour + 40 * minute + Moment(random.exponential(18) * Double(minute))
        logIn(person, address, &time, &random)
        let finish = start + 18 * hour + Moment(random.below(Int(hour)))
        let steps = max(1, opens + lists + (opens + lists) / 2)
        let gap = Double(max(minute, finish - time)) / Double(steps)
        var page = 1
        for _ in 0..<steps {
            time += Moment(random.exponential(gap))
            guard time < start + 19 * hour + 30 * minute else { break }
            let draw = random.below(steps)
            if draw < opens {
                open(person.account, address, person.agent, record(&random), time, &random)
            } else if draw < opens + lists {
                page = random.chance(0.3) ? 1 : page + 1
                application(
                    time,
                    Request(
                        address: address, account: person.account, path: profile.applicationList.replacing("{n}", with: String(page)),
                        bytes: random.within(5_000...9_000), agent: person.agent), rows: 20)
            } else {
                application(
                    time,
                    Request(
                        address: address, account: person.account, path: fill(random.pick(profile.applicationPages), id: 0, &random, at: time),
                        status: random.chance(0.01) ? 500 : 200, bytes: random.within(300...4_000), agent: person.agent),
                    rows: 0)
            }
        }
        // A phone in the evening, through the carrier.
        if random.chance(0.06) {
            time = start + 20 * hour + Moment(random.below(Int(2 * hour)))
            for _ in 0..<random.within(1...4) {
                open(person.account, random.pick(carriers), random.pick(Names.mobileAgents), record(&random), time, &random)
                time += Moment(random.exponential(60) * Double(second))
            }
        }
    }

    private func logIn(_ person: Person, _ address: String, _ time: inout Moment, _ random: inout Random) {
        if random.chance(0.06) {
            for _ in 0...random.below(3) {
                applicationLogin(time, person.account, address, person.agent, succeeds: false)
                time += Moment(random.within(4...20)) * second
            }
        }
        applicationLogin(time, person.account, address, person.agent, succeeds: true)
        time += 3 * second
    }

    func open(_ account: String, _ address: String, _ agent: String, _ id: Int, _ time: Moment, _ random: inout Random, _ incident: Incident? = nil) {
        application(
            time,
            Request(
                address: address, account: account, path: fill(random.pick(profile.applicationRecords), id: id, &random, at: time),
                bytes: random.within(900...7_000), agent: agent), rows: 1, incident)
        incident?.persons += 1
    }

    /// On duty by night: a few records of those who come.
    private func nightShift(_ person: Person, _ start: Moment, _ random: inout Random) {
        var time = start + Moment(random.within(20...90)) * minute
        logIn(person, workplace(person), &time, &random)
        for _ in 0..<random.within(3...12) {
            time += Moment(random.exponential(18) * Double(minute))
            guard time < start + 6 * hour else { return }
            open(person.account, workplace(person), person.agent, record(&random), time, &random)
        }
    }

    /// In the morning at the office, then on the way, then there.
    private func travel(_ person: Person, _ trip: Trip, _ start: Moment, _ today: Int, _ random: inout Random) {
        let arrives = today == trip.days.lowerBound
        if arrives {
            var time = start + 9 * hour + Moment(random.below(Int(hour)))
            logIn(person, workplace(person), &time, &random)
            for _ in 0..<random.within(3...9) {
                open(person.account, workplace(person), person.agent, record(&random), time, &random)
                time += Moment(random.exponential(5) * Double(minute))
                if time > start + 11 * hour + 30 * minute { break }
            }
        }
        var time = start + Moment(arrives ? trip.firstHour : 10) * hour + Moment(random.below(Int(hour)))
        logIn(person, trip.address, &time, &random)
        for _ in 0..<random.within(3...11) {
            open(person.account, trip.address, person.agent, record(&random), time, &random)
            time += Moment(random.exponential(4) * Double(minute))
        }
    }
}
