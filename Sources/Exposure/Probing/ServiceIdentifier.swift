package import Network
package import Probes

/// Finds out what listens on an open port, and whether it answers without authentication.
///
/// The reply decides, never the port: a Redis on 8080 is a Redis. What usually listens on the port is only asked for first.
struct ServiceIdentifier: Sendable {
    let driver: ProbeDriver
    /// How long a server that speaks first is waited for.
    let greetingTime: Duration
    /// How long a service is waited for that isn't the one expected on its port.
    let patience: Duration

    /// What was learnt of one port.
    struct Result: Sendable {
        /// Nil when nothing was recognised.
        var reading: ServiceReading?
        /// A TLS handshake succeeded, whatever is spoken inside.
        var usesTLS = false
    }

    func identify(_ target: PermittedAddress) async -> Result {
        // Whatever is sent to a printer's port is printed.
        guard !KnownPorts.isPrinter(target.port) else { return Result() }
        var conversation = Conversation(identifier: self, target: target)
        let expected = KnownPorts.service(on: target.port).map(ProbeRegistry.probes) ?? []
        var found: ServiceReading?
        for probe in expected {
            guard let reading = await conversation.ask(probe, patience: expected.count > 1 ? patience : driver.timeout) else { continue }
            // That it speaks HTTP is the last word only when nothing better comes.
            guard reading.service == .http else { return conversation.result(reading) }
            found = reading
        }
        if let found { return conversation.result(await conversation.ask(ProbeRegistry.proxy, patience: patience) ?? found) }
        if let greeting = await greeting(target) {
            for probe in ProbeRegistry.probes(for: greeting.service) where !expected.contains(where: { $0 == probe }) {
                if let reading = await conversation.ask(probe, patience: driver.timeout) { return conversation.result(reading) }
            }
            return conversation.result(greeting)
        }
        // A server that speaks first has had its time.
        let others = ProbeRegistry.inOrderOfTrial.filter { probe in
            !probe.speaksFirst && probe.transport == .tcp && !expected.contains { $0 == probe }
        }
        for probe in others {
            guard !Task.isCancelled else { break }
            guard let reading = await conversation.ask(probe, patience: patience) else { continue }
            guard reading.service == .http else { return conversation.result(reading) }
            return conversation.result(await conversation.ask(ProbeRegistry.proxy, patience: patience) ?? reading)
        }
        return conversation.result(nil)
    }

    /// Over UDP silence is no answer: what nobody recognises isn't known to be there.
    func identifyDatagram(_ target: PermittedAddress) async -> ServiceReading? {
        let probes = ProbeRegistry.all.filter { $0.transport == .udp }
        let expected = KnownPorts.datagramService(on: target.port).map { service in probes.filter { $0.finds(service) } }
        for probe in expected ?? probes where !Task.isCancelled {
            if case .recognised(let reading) = await driver.run(probe.init(Self.peer(target)), at: target, patience: patience).result {
                return reading
            }
        }
        return nil
    }

    private func greeting(_ target: PermittedAddress) async -> ServiceReading? {
        guard case .recognised(let reading) = await driver.run(GreetingProbe(Self.peer(target)), at: target, patience: greetingTime).result else {
            return nil
        }
        return reading
    }

    static func peer(_ target: PermittedAddress) -> ProbePeer {
        ProbePeer(host: target.host, port: target.port, expected: KnownPorts.service(on: target.port))
    }

    /// What was learnt of one port while it was asked in several protocols.
    private struct Conversation {
        let identifier: ServiceIdentifier
        let target: PermittedAddress
        /// Nil: not tried yet.
        var speaksTLS: Bool?
        /// How many protocols were met with silence. A server that is silent to several is so to most: the others wait less.
        var silences = 0
        private static let mostSilences = 3
        private static let shortPatience = Duration.milliseconds(600)

        /// In plain text and, when the peer seems to want that, inside TLS.
        mutating func ask(_ probe: any Probe.Type, patience: Duration) async -> ServiceReading? {
            let peer = ServiceIdentifier.peer(target)
            let patience = silences < Self.mostSilences ? patience : min(patience, Self.shortPatience)
            if speaksTLS != true {
                let plain = await identifier.driver.run(probe.init(peer), at: target, patience: patience)
                if plain.silence { silences += 1 }
                switch plain.result {
                case .recognised(let reading): return reading
                case .other: return nil
                case .perhapsTLS: guard speaksTLS != false else { return nil }
                }
            }
            guard probe.speaksInsideTLS else { return nil }
            let (result, handshake, _) = await identifier.driver.run(probe.init(peer), at: target, tls: true, patience: max(patience, .seconds(2)))
            if speaksTLS == nil || handshake { speaksTLS = handshake }
            guard case .recognised(let reading) = result else { return nil }
            return reading
        }

        func result(_ reading: ServiceReading?) -> Result { Result(reading: reading, usesTLS: speaksTLS == true || reading?.usesTLS == true) }
    }
}

/// One probe against one port, for those who know what they look for.
package enum SingleProbe {
    /// - Returns: nil when the service isn't there.
    package static func ask(_ service: Service, at target: PermittedAddress, tls: Bool = false, timeout: Duration) async -> ServiceReading? {
        guard let probe = ProbeRegistry.probe(for: service) else { return nil }
        let driver = ProbeDriver(connector: Connector(timeout: timeout), timeout: timeout)
        let peer = ProbePeer(host: target.host, port: target.port, expected: service)
        guard case .recognised(let reading) = await driver.run(probe.init(peer), at: target, tls: tls).result else { return nil }
        return reading
    }
}
