extension ProbeRegistry {
    static let remoteAccess: [any Probe.Type] = [
        SSHProbe.self, RDPProbe.self, VNCProbe.self, TelnetProbe.self, WindowsRPCProbe.self, WinRMProbe.self, ProxyProbe.self, AJPProbe.self,
        JDWPProbe.self, RMIProbe.self, X11Probe.self, ADBProbe.self, SMTPProbe.self, POP3Probe.self, IMAPProbe.self,
    ]
}
