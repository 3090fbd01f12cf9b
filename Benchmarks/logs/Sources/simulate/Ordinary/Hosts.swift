extension World {
    /// What hosts write by themselves in an hour: cron, their services, configuration management; rotation by night, a restart each month.
    func hostsHour(_ start: Moment, lines: Int, _ random: inout Random) {
        for _ in 0..<(lines / 5) {
            let time = start + Moment(random.below(Int(hour)))
            let source: Source = random.chance(0.55) ? .hostAuthentication : random.chance(0.6) ? .databaseHost : .bastion
            let process = session() % 60_000 + 700
            system(source, time, "CRON", process: process, "pam_unix(cron:session): session opened for user root(uid=0) by (uid=0)")
            system(source, time + second, "CRON", process: process, "pam_unix(cron:session): session closed for user root")
            guard source == .hostAuthentication else { continue }
            audit(
                time, "USER_ACCT",
                "pid=\(process) uid=0 auid=4294967295 ses=4294967295 subj=unconfined msg='op=PAM:accounting grantors=pam_permit acct=\"root\" exe=\"/usr/sbin/cron\" hostname=? addr=? terminal=cron res=success'"
            )
            audit(
                time, "CRED_ACQ",
                "pid=\(process) uid=0 auid=4294967295 ses=4294967295 subj=unconfined msg='op=PAM:setcred grantors=pam_permit acct=\"root\" exe=\"/usr/sbin/cron\" hostname=? addr=? terminal=cron res=success'"
            )
        }
        // Configuration management comes each hour.
        for source in [Source.hostAuthentication, .databaseHost] {
            sshAccepted(source, start + 17 * minute, "ansible", profile.bastion)
            sudo(source, start + 17 * minute + 3 * second, "ansible", "/usr/bin/python3 /home/ansible/.ansible/tmp/setup.py")
            sshClosed(source, start + 18 * minute, "ansible")
        }
        let clock = Int(timeOfDay(start) / hour)
        if clock == 0 {
            audit(start + 5 * second, "DAEMON_ROTATE", "op=rotate-logs auid=0 uid=0 ses=1 pid=812 subj=unconfined res=success")
            executed(start + 6 * second, 0, "logrotate /etc/logrotate.conf", asRoot: true)
            executed(start + 7 * second, 0, "gzip /var/log/nginx/access.log.1", asRoot: true)
        }
        if clock == 4, dayIndex(start) % 30 == 12 {
            audit(
                start, "SYSTEM_SHUTDOWN",
                "pid=9020 uid=0 auid=4294967295 ses=4294967295 subj=unconfined msg=' comm=\"systemd-update-utmp\" exe=\"/lib/systemd/systemd-update-utmp\" hostname=? addr=? terminal=? res=success'"
            )
            audit(start + second, "DAEMON_END", "op=terminate auid=0 uid=0 ses=4294967295 pid=1 subj=unconfined res=success")
            audit(
                start + 50 * second, "DAEMON_START",
                "op=start ver=3.0.9 format=enriched kernel=6.1.0-18-amd64 auid=4294967295 pid=790 uid=0 ses=4294967295 subj=unconfined res=success")
            audit(
                start + 51 * second, "SYSTEM_BOOT",
                "pid=801 uid=0 auid=4294967295 ses=4294967295 subj=unconfined msg=' comm=\"systemd-update-utmp\" exe=\"/lib/systemd/systemd-update-utmp\" hostname=? addr=? terminal=? res=success'"
            )
        }
        // A job whose password ran out fails by the clock until somebody sees it.
        if clock >= 10, clock < 14, dayIndex(start) % 40 == 21 {
            for step in 0..<6 {
                var failed = postgresSession(start + Moment(step) * 10 * minute, "etl_orders", profile.reportHost, program: "etl")
                postgresConnect(start + Moment(step) * 10 * minute, &failed, succeeds: false)
            }
        }
        // Those who administrate do it from inside.
        if clock >= 9, clock < 18, weekday(start) < 5, random.chance(0.7) {
            for _ in 0..<random.within(1...6) {
                let page = random.pick(profile.administrationPages)
                portal(
                    start + Moment(random.below(Int(hour))),
                    Request(
                        address: engineers[random.below(engineers.count)].desk, path: page, bytes: random.within(2_000...30_000),
                        agent: Names.desktopAgents[0]))
            }
        }
    }
}
