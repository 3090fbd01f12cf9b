import Foundation

/// Region files in a folder of their own, removed at the end.
final class SmallRegionFiles {
    let folder: URL
    var v4: String { folder.appendingPathComponent("geoip").path }
    var v6: String { folder.appendingPathComponent("geoip6").path }

    init(
        v4 text4: String =
            "# Generated: Thu, 25 Jun 2026 04:33:59 GMT\n16777216,16777471,AU\n16777472,16778239,CN\n1879048192,1879048447,??\n1879048448,1879048703,EU\n",
        v6 text6: String = "#\n2400::,2400:0:ffff:ffff:ffff:ffff:ffff:ffff,CN\n2a00::,2a00:ffff:ffff:ffff:ffff:ffff:ffff:ffff,DE\n"
    ) throws {
        folder = FileManager.default.temporaryDirectory.appendingPathComponent("regions-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        try text4.write(toFile: v4, atomically: true, encoding: .utf8)
        try text6.write(toFile: v6, atomically: true, encoding: .utf8)
    }

    deinit { try? FileManager.default.removeItem(at: folder) }
}
