extension KnownPorts {
    /// Whether bytes that are sent there are printed (raw printing and LPD): nothing is sent there.
    package static func isPrinter(_ port: UInt16) -> Bool { port == 515 || (9_100...9_107).contains(port) }

    /// UDP ports of the services that can be proven over UDP.
    package static let datagrams: [(port: UInt16, service: Service)] = [(69, .tftp), (161, .snmp)]

    package static func datagramService(on port: UInt16) -> Service? { datagrams.first { $0.port == port }?.service }
}
