extension ProbeRegistry {
    static let files: [any Probe.Type] = [
        FTPProbe.self, SMBProbe.self, LDAPProbe.self, RsyncProbe.self, NFSProbe.self, NFSMountProbe.self, PortmapperProbe.self, SNMPProbe.self,
        TFTPProbe.self,
    ]
}
