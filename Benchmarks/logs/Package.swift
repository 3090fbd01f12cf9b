// swift-tools-version: 6.1
import PackageDescription

// A package of its own: nothing of Suwen is in the simulator that judges it.
let package = Package(
    name: "simulate",
    targets: [.executableTarget(name: "simulate", swiftSettings: [.unsafeFlags(["-Ounchecked"], .when(configuration: .release))])]
)
