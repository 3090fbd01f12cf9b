import Findings

/// DICOM (PS3.8): asks for one association under random AE titles, proposing verification, query/retrieve and storage; verifies by C-ECHO, and
/// releases. Nothing is queried, stored or moved.
///
/// An AE title is all that most DICOM servers know a client by. One that takes any title gives its services to whoever can connect.
struct DICOMProbe: Probe {
    static let service = Service.dicom
    static let speaksInsideTLS = true

    private enum State {
        case association
        case echo(Reading)
        case release(ProbeResult)
    }

    /// What the acceptance told.
    private struct Reading {
        var kinds: Set<DICOMAssociation.Kind>
        var contexts: Int
        var implementation: DICOMImplementation
        /// Fragments of the command so far.
        var command: [UInt8] = []
    }

    private var state = State.association
    private var buffer: [UInt8] = []
    private let called = DICOMAssociation.randomTitle("SW")
    private let calling = DICOMAssociation.randomTitle("SUWEN")

    init(_ peer: ProbePeer) {}

    mutating func connected() -> ProbeAction { .send(DICOMAssociation.request(called: called, calling: calling)) }

    mutating func received(_ bytes: [UInt8]) -> ProbeAction {
        buffer += bytes
        while true {
            switch DICOMWire.read(buffer) {
            case .incomplete: return .needMore
            case .invalid: return broken
            case .unit(let unit, let length):
                buffer.removeFirst(length)
                if let action = took(unit) { return action }
            }
        }
    }

    mutating func ended(_ end: ProbeEnd) -> ProbeAction {
        if case .association = state, buffer.isEmpty, end == .closed { return .done(.perhapsTLS) }
        return broken
    }

    /// Nil: read on.
    private mutating func took(_ unit: DICOMWire.Unit) -> ProbeAction? {
        switch (state, unit) {
        case (.association, .accepted(let acceptance)): return accepted(acceptance)
        case (.association, .rejected(let rejection)): return .done(Self.verdict(on: rejection))
        case (.association, .aborted): return .done(Self.result(.unknown, Message("exposure.dicom-aborted")))
        case (.echo(let reading), .data(let values)): return answered(values, reading)
        case (.release(let result), .releaseReply), (.release(let result), .aborted): return .done(result)
        // The peer may not want to wait for our goodbye.
        case (.release, .data), (.release, .releaseRequest): return nil
        default: return broken
        }
    }

    private mutating func accepted(_ acceptance: DICOMWire.Acceptance) -> ProbeAction {
        let reading = Reading(
            kinds: Set(acceptance.contexts.compactMap(DICOMAssociation.kind(of:))), contexts: acceptance.contexts.count,
            implementation: DICOMImplementation(classUID: acceptance.implementationClass, versionName: acceptance.implementationVersion))
        guard acceptance.contexts.contains(DICOMAssociation.verification) else {
            return release(Self.result(.unknown, Message("exposure.dicom-no-verification", Self.facts(reading)), reading.implementation))
        }
        state = .echo(reading)
        return .send(DICOMEcho.request(context: DICOMAssociation.verification))
    }

    /// Nil: read on.
    private mutating func answered(_ values: [DICOMWire.Value], _ reading: Reading) -> ProbeAction? {
        var reading = reading
        for value in values {
            guard value.context == DICOMAssociation.verification, value.isCommand else { return broken }
            reading.command += value.fragment
            guard reading.command.count <= DICOMAssociation.longestData else { return broken }
            guard value.isLast else { continue }
            guard let status = DICOMEcho.status(of: reading.command) else { return broken }
            return release(Self.verdict(on: status, reading))
        }
        state = .echo(reading)
        return nil
    }

    private mutating func release(_ result: ProbeResult) -> ProbeAction {
        state = .release(result)
        return .send(DICOMWire.releaseRequest)
    }

    /// The peer broke off, or the rules.
    private var broken: ProbeAction {
        switch state {
        case .association: .done(.other)
        case .echo(let reading):
            .done(Self.result(.unknown, Message("exposure.session-broken"), reading.implementation), farewell: DICOMWire.abort)
        case .release(let result): .done(result)
        }
    }

    // MARK: - Verdicts

    private static func verdict(on status: UInt16, _ reading: Reading) -> ProbeResult {
        switch status {
        case 0 where reading.kinds.subtracting([.verification]).isEmpty:
            return result(.unknown, Message("exposure.dicom-verification-only"), reading.implementation)
        case 0: return result(.notRequired, Message("exposure.dicom-any-title", facts(reading)), reading.implementation)
        // Refused: not authorized (PS3.7 annex C).
        case 0x0124: return result(.required, Message("exposure.refused", ["reply": "C-ECHO 0124"]), reading.implementation)
        default:
            let code = String(status, radix: 16, uppercase: true)
            return result(.unknown, Message("exposure.busy", ["reply": .text("C-ECHO " + code)]), reading.implementation)
        }
    }

    private static func verdict(on rejection: DICOMWire.Rejection) -> ProbeResult {
        switch (rejection.source, rejection.reason) {
        case (1, 3): return result(.required, Message("exposure.dicom-title-refused", ["title": .term("exposure.dicom-calling")]))
        case (1, 7): return result(.required, Message("exposure.dicom-title-refused", ["title": .term("exposure.dicom-called")]))
        default:
            let reply = "A-ASSOCIATE-RJ \(rejection.result)/\(rejection.source)/\(rejection.reason)"
            return result(.unknown, Message("exposure.dicom-rejected", ["reply": .text(reply)]))
        }
    }

    private static func facts(_ reading: Reading) -> [String: Fact] {
        let kinds = reading.kinds.sorted { $0.rawValue < $1.rawValue }
        return ["contexts": .count(reading.contexts), "kinds": kinds.isEmpty ? .none : .list(kinds.map { .term($0.term) })]
    }

    private static func result(
        _ authentication: ServiceReading.Authentication, _ message: Message, _ implementation: DICOMImplementation? = nil
    ) -> ProbeResult {
        .recognised(
            ServiceReading(
                service, authentication, product: implementation?.product, version: implementation?.version, evidence: [message]))
    }
}
