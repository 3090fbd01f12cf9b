import Foundation

/// A point on the globe, in degrees (WGS 84).
package struct Coordinates: Hashable, Sendable {
    package let latitude: Double
    package let longitude: Double

    /// Nil for what is no point.
    package init?(latitude: Double, longitude: Double) {
        guard abs(latitude) <= 90, abs(longitude) <= 180 else { return nil }
        (self.latitude, self.longitude) = (latitude, longitude)
    }

    /// Along the great circle of a sphere (haversine), within one per cent.
    package func kilometres(to other: Coordinates) -> Double {
        let radians = Double.pi / 180
        let latitudes = (other.latitude - latitude) * radians / 2
        let longitudes = (other.longitude - longitude) * radians / 2
        let square = pow(sin(latitudes), 2) + cos(latitude * radians) * cos(other.latitude * radians) * pow(sin(longitudes), 2)
        return 2 * 6_371 * asin(min(1, square.squareRoot()))
    }
}

/// Where an address is, and how far it may be from there.
package struct Place: Hashable, Sendable {
    package enum Source: Hashable, Sendable {
        /// A city of the organisation's own database.
        case city
        /// The middle of its region.
        case region
    }

    package var coordinates: Coordinates
    /// Kilometres around the coordinates within which the address is likely to be.
    package var radius: Double
    package var source: Source

    package init(coordinates: Coordinates, radius: Double, source: Source) {
        (self.coordinates, self.radius, self.source) = (coordinates, radius, source)
    }

    /// Kilometres that lie between the two at the least: what a journey is measured by, so that rough places make nobody travel.
    package func leastKilometres(to other: Place) -> Double { max(0, coordinates.kilometres(to: other.coordinates) - radius - other.radius) }
}

/// The middles of regions and how far their land reaches from there, roughly: plain geography, to whole degrees and to 50 km.
///
/// Of the largest (Canada, mainland China, Russia, the United States) it is where nearly all people live, not all of the land. Mainland China is one
/// region here; its parts aren't told apart.
package enum RegionCentres {
    package static func place(of code: RegionCode) -> Place? {
        let (first, second) = (Int(code.packed >> 8) - 0x41, Int(code.packed & 0xFF) - 0x41)
        guard (0..<26).contains(first), (0..<26).contains(second) else { return nil }
        return table[first * 26 + second]
    }

    private static let table: [Place?] = {
        var table = [Place?](repeating: nil, count: 26 * 26)
        for entry in entries.split(separator: ";") {
            let words = entry.split(whereSeparator: \.isWhitespace)
            guard words.count == 4, let code = RegionCode(words[0]), let latitude = Double(words[1]), let longitude = Double(words[2]),
                let radius = Double(words[3]), let point = Coordinates(latitude: latitude, longitude: longitude)
            else { continue }
            table[(Int(code.packed >> 8) - 0x41) * 26 + Int(code.packed & 0xFF) - 0x41] = Place(coordinates: point, radius: radius, source: .region)
        }
        return table
    }()

    /// Code, latitude, longitude, kilometres.
    private static let entries = """
        AD 43 2 50; AE 24 54 250; AF 34 66 700; AG 17 -62 50; AI 18 -63 50; AL 41 20 200; AM 40 45 200; AO -12 18 800; AQ -80 0 3000; AR -35 -65 1900;
        AS -14 -170 150; AT 47 14 350; AU -25 134 2200; AW 13 -70 50; AX 60 20 50; AZ 40 48 300; BA 44 18 200; BB 13 -60 50; BD 24 90 350; BE 51 5 150;
        BF 12 -2 450; BG 43 25 300; BH 26 51 50; BI -3 30 150; BJ 9 2 400; BL 18 -63 50; BM 32 -65 50; BN 5 115 100; BO -17 -65 850; BQ 12 -68 500;
        BR -11 -53 2400; BS 24 -77 450; BT 27 90 200; BW -22 24 600; BY 53 28 350; BZ 17 -89 200; CA 48 -95 2600; CC -12 97 50; CD -3 23 1200;
        CF 7 21 700; CG -1 15 600; CH 47 8 200; CI 8 -6 400; CK -20 -160 700; CL -33 -71 2400; CM 6 12 600; CN 33 112 1300; CO 4 -73 900; CR 10 -84 250;
        CU 22 -79 650; CV 16 -24 200; CW 12 -69 50; CX -10 106 50; CY 35 33 150; CZ 50 15 250; DE 51 10 450; DJ 12 43 150; DK 56 10 300; DM 15 -61 50;
        DO 19 -70 200; DZ 28 3 1200; EC -2 -78 500; EE 59 26 200; EG 27 30 650; EH 25 -14 450; ER 15 39 450; ES 40 -4 600; ET 9 40 800; FI 64 26 600;
        FJ -18 178 300; FK -52 -59 150; FM 7 152 1400; FO 62 -7 100; FR 46 2 600; GA -1 12 400; GB 54 -2 600; GD 12 -62 50; GE 42 43 350; GF 4 -53 250;
        GG 49 -3 50; GH 8 -1 400; GI 36 -5 50; GL 72 -40 1400; GM 13 -15 250; GN 10 -11 400; GP 16 -62 100; GQ 2 10 400; GR 39 22 450; GS -54 -37 150;
        GT 16 -90 250; GU 13 145 50; GW 12 -15 200; GY 5 -59 450; HK 22 114 50; HN 15 -87 350; HR 45 16 300; HT 19 -72 200; HU 47 19 300; ID -2 118 2600;
        IE 53 -8 250; IL 31 35 250; IM 54 -5 50; IN 22 79 1700; IO -6 72 100; IQ 33 44 500; IR 32 54 1000; IS 65 -19 300; IT 43 12 650; JE 49 -2 50;
        JM 18 -77 150; JO 31 36 250; JP 37 138 1500; KE 0 38 550; KG 41 75 500; KH 13 105 300; KI 1 -170 2500; KM -12 44 150; KN 17 -63 50; KP 40 127 350;
        KR 36 128 300; KW 29 48 100; KY 19 -81 150; KZ 48 67 1500; LA 18 104 550; LB 34 36 100; LC 14 -61 50; LI 47 10 50; LK 7 81 250; LR 6 -9 300;
        LS -30 28 150; LT 55 24 200; LU 50 6 50; LV 57 25 250; LY 27 17 950; MA 32 -6 800; MC 44 7 50; MD 47 29 200; ME 43 19 100; MF 18 -63 50;
        MG -19 47 800; MH 9 168 700; MK 42 22 150; ML 17 -4 950; MM 21 96 1000; MN 47 104 1200; MO 22 114 50; MP 16 146 350; MQ 15 -61 50; MR 20 -10 750;
        MS 17 -62 50; MT 36 14 50; MU -20 58 300; MV 3 73 450; MW -13 34 450; MX 24 -102 1600; MY 4 109 1100; MZ -18 35 1000; NA -22 17 800;
        NC -21 165 250; NE 17 9 850; NF -29 168 50; NG 9 8 700; NI 13 -85 300; NL 52 5 200; NO 65 14 900; NP 28 84 450; NR -1 167 50; NU -19 -170 50;
        NZ -41 173 900; OM 21 56 500; PA 9 -80 350; PE -10 -75 1100; PF -15 -145 1200; PG -6 145 700; PH 12 122 1000; PK 30 70 900; PL 52 19 400;
        PM 47 -56 50; PN -25 -130 300; PR 18 -66 100; PS 32 35 100; PT 39 -8 400; PW 7 134 250; PY -23 -58 500; QA 25 51 100; RE -21 56 50; RO 46 25 400;
        RS 44 21 250; RU 57 50 2200; RW -2 30 150; SA 24 45 1200; SB -9 160 600; SC -5 55 900; SD 16 30 900; SE 62 16 850; SG 1 104 50; SH -16 -6 2500;
        SI 46 15 150; SJ 78 18 300; SK 49 20 250; SL 8 -12 200; SM 44 12 50; SN 14 -14 350; SO 5 46 1000; SR 4 -56 300; SS 7 30 600; ST 0 7 150;
        SV 14 -89 150; SX 18 -63 50; SY 35 38 400; SZ -27 31 100; TC 22 -72 100; TD 15 19 900; TF -49 69 1500; TG 8 1 350; TH 15 101 850; TJ 39 71 400;
        TK -9 -172 100; TL -9 126 200; TM 39 59 600; TN 34 9 450; TO -20 -175 400; TR 39 35 850; TT 11 -61 100; TV -8 178 400; TW 24 121 250;
        TZ -6 35 700; UA 49 32 700; UG 1 32 350; US 39 -96 2400; UY -33 -56 350; UZ 41 64 700; VA 42 12 50; VC 13 -61 50; VE 7 -66 800; VG 18 -64 50;
        VI 18 -65 50; VN 16 107 900; VU -16 167 500; WF -14 -177 150; WS -14 -172 100; XK 43 21 100; YE 15 48 600; YT -13 45 50; ZA -29 25 900;
        ZM -14 28 700; ZW -19 30 450
        """
}
