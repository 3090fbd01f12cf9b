extension ProbeRegistry {
    static let healthCare: [any Probe.Type] = [DICOMProbe.self, HL7Probe.self]
}
