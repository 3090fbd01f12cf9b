extension World {
    /// Those who ask by the clock, for one day: integrators, monitors, and a reconciliation every night.
    func partnersDay(_ start: Moment, _ random: inout Random) {
        let interval = minute * Moment(max(1, (1 / scale).rounded()))
        for (index, partner) in profile.partners.enumerated() {
            var order = 40_000_000 + index * 10_000_000 + dayIndex(start) * 1_400
            let offset = Moment(index * 7) * second
            func ask(_ time: Moment, _ path: String, _ bytes: Int) {
                api(
                    time,
                    Request(
                        address: partnerAddresses[index], account: partner, path: path, bytes: bytes,
                        agent: index % 2 == 0 ? "Apache-HttpClient/4.5.14 (Java/1.8.0_392)" : "python-requests/2.28.1"))
            }
            if index == 1 {
                // By night, the same volume every night.
                var time = start + hour + 30 * minute
                for _ in 0..<Int(600 * scale) {
                    ask(time, profile.partnerRecord.replacing("{id}", with: String(order)), 2_210)
                    order += 1
                    time += 900_000
                }
                continue
            }
            for poll in stride(from: start + offset, to: start + day, by: Int(interval)) {
                ask(poll, fill(profile.partnerPoll, id: 0, &random, at: poll), random.within(18_000...26_000))
                if index == 0 || random.chance(0.2) {
                    ask(poll + 300_000, profile.partnerRecord.replacing("{id}", with: String(order)), random.within(1_900...2_600))
                    order += 1
                }
            }
        }
        for poll in stride(from: start, to: start + day, by: Int(interval)) {
            portal(
                poll + 2 * second, Request(address: profile.monitorHost, method: "GET", path: profile.health, bytes: 15, agent: "Prometheus/2.51.2"))
        }
        for (index, monitor) in monitors.enumerated() {
            for poll in stride(from: start + Moment(index) * 41 * second, to: start + day, by: Int(interval * 5)) {
                portal(
                    poll,
                    Request(
                        address: monitor, method: "HEAD", path: "/", bytes: 0,
                        agent: index == 2 ? "JianKongBao Monitor 1.1" : "Mozilla/5.0+(compatible; UptimeRobot/2.0; http://www.uptimerobot.com/)"))
            }
        }
    }
}
