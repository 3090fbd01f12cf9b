package import Patterns

/// The first stage: texts that ordinary lines seldom hold, one of which every line has that ``AttackClassifier`` finds something in.
///
/// They go into the one scan that the engine makes over a chunk of raw lines. Their ids are ``Kind``s, shifted to wherever the engine wants them.
package enum AttackTriggers {
    package enum Kind: UInt32, CaseIterable, Sendable {
        /// The line is worth a look.
        case strong = 0
        /// A folder for uploads or pictures…
        case folder = 1
        /// …and the ending of a script: worth a look when both stand in one target, in this order.
        case script = 2
    }

    /// - Parameter base: added to every kind's number.
    package static func literals(base: UInt32 = 0) -> [PatternSet.Literal] {
        var texts: [String: (Kind, Bool)] = [:]
        for text in strong { texts[text] = (.strong, true) }
        for text in exact { texts[text] = (.strong, false) }
        for text in folders { texts[text] = (.folder, true) }
        for text in scripts { texts[text] = (.script, true) }
        return texts.sorted { $0.key < $1.key }.map { PatternSet.Literal($0.key, id: base + $0.value.0.rawValue, ignoresCase: $0.value.1) }
    }

    /// What the hits of one line come to. Given them in the order of their ends, as `PatternSet` reports them.
    package struct Line: Sendable {
        package private(set) var isTriggered = false
        private var folderEnd = -1

        package init() {}

        /// - Parameters:
        ///   - end: where the literal ends within `bytes`.
        ///   - bytes: the chunk.
        @inline(__always)
        package mutating func note(_ kind: Kind, end: Int, in bytes: UnsafeRawBufferPointer) {
            switch kind {
            case .strong: isTriggered = true
            case .folder: if folderEnd < 0 || end - folderEnd > 64 { folderEnd = end }
            case .script:
                // A blank between them: the one is of the target, the other of the referer.
                guard !isTriggered, folderEnd >= 0, end > folderEnd, end - folderEnd < 300, end <= bytes.count else { return }
                isTriggered = bytes[folderEnd..<end].allSatisfy { $0 > 0x20 && $0 != 0x22 }
                if !isTriggered { folderEnd = -1 }
            }
        }
    }

    private static func words(_ text: String) -> [String] {
        text.split(whereSeparator: \.isWhitespace).map { String($0).replacing("␠", with: " ") }
    }

    /// The paths, names and tools of the classifier itself, as far as they are long enough to be rare, and the signs of everything else.
    private static let strong: [String] = signs + separated + needles

    private static let signs = words(
        """
        ' %27 %2527 %u0027 %uff07 \\x27 \\x22 %5c%22 %2522 %22or %22and %22%20or %22+or %22||
        .. %2e%2e .%2e %2e. %252e %25252e %c0%ae %c0%af %c1%9c %c1%1c %c0%2f %c0%5c %e0%80 %u002e %u2215 %uff0e %%32 %%35 ..%5c %5c.. %255c
        < %3c %253c %u003c %uff1c \\x3c javascript: javascript%3a java%09 java%0a onerror onload= onload%3d onmouse onfocus onclick= +adw- srcdoc
        document.cookie
        ${ %24{ %24%7b $%7b %2524%257b #{ %23{ %23%7b {{ %7b%7b {%25 {%+ %7b%25 *{ %2a{ %{ %25{ %25%7b @( %40( ~{ %7e{ jndi %24%24%7b
        ␠or␠ +or+ %20or%20 %09or %0aor %0dor %a0or )or( )or␠ )or+ )or%20 %29or +or( %20or( ␠and␠ +and+ %20and%20 %09and %0aand %0dand %a0and
        )and( %29and +and( %20and( |or| %7c%7cor ␠xor␠ +xor+ %20xor%20 0xor /%2e
        +having+ %20having%20 union+ union%20 union␠ union( union/ union%0 union%28 union%a0 union%2b union%23 union%2f +union %20union
        select+ select%20 select␠ select( select/ select%0 select%28 select%a0 select%2b select* select@ select' select%40 order+by order%20by
        order␠by group+by group%20by
        /* %2f* %2f%2a --+ --%20 --%0 --␠ --- 1-- 1%2d%2d %2d%2d+ %23␠http || %7c%7c && %26%26 %2526%2526
        sleep( sleep%28 benchmark( benchmark%28 waitfor information_schema xp_ dbms_ utl_ @@ %40%40 load_file extractvalue updatexml into+outfile
        into%20outfile into+dumpfile concat( concat%28 char(
        chr( substr( substring( database( sysdate( %28select cast( convert( exp(~ if( iif( case+when case%20when procedure+analyse ascii( [$ %5b$
        %5b%24 "$ %22$ %22%24
        %3b ;%20 ;+ ;select ;drop ;insert ;update ;delete ;exec ;declare ;waitfor ;shutdown ;create ;set
        `  %60 $( %24( %24%28 $%28 %0a %0d %00 %25%30%30 %2500 |%20 |+ %7c%20 %7c+ \\x00 \\xac\\xed %ac%ed aced0005
        /bin/ %2fbin%2f %2fetc%2f /etc/ /proc/ %2fproc%2f ifs win.ini boot.ini c:\\ c:%5c c%3a c:/windows system32 web-inf meta-inf cmd= cmd%3d
        exec= execute= command= shell= system( passthru exec( =id␠http =id& =ls␠http =ls+ =ls%20 =whoami =cat+ =cat%20 =dir␠http =dir+ =ps␠http
        =net+user =net%20user
        eval( eval%28 assert( base64_decode base64%5f phpinfo invokefunction call_user_func file_put_contents ?cmd md5( md5%28 print( <?php ()
        ldap: rmi: runtime processbuilder classloader memberaccess
        @java %40java java.lang getclass( __class__ @type %40type \\u0040type \\x40type !!javax !!python routing-expression redirect:$ ognl =o:
        =o%3a %22o%3a ;o: {o: ac%20ed
        php:// php%3a expect: expect%3a phar: phar%3a zip: zip%3a glob: data: data%3a file: file%3a gopher dict: dict%3a jar: netdoc ftp%3a =ftp:
        allow_url auto_prepend pearcmd !entity 169.254.169 100.100.100.200
        metadata.google metadata.tencent =\\\\ =%5c%5c =// .txt? .txt%3f ?␠http/1 %3f␠http/1 =http://1 =http://2 =http%3a%2f%2f1 =http%3a%2f%2f2
        put␠/ move␠/
        /. %2f. /_ ;. %3b. ~␠ .jpg/ .png/ .gif/ .txt/ .jpeg/ .css/ .php%00
        """)

    /// Case tells these from words.
    private static let exact = ["rO0AB", "AAEAAAD/////", "gASV", "H4sIAAAAAAAAAF", "O:8:"]

    /// A separator, and a command right behind it.
    private static let separated: [String] = {
        let commands = words(
            """
            cat ls id ps dir whoami ping nc bash sh wget curl sleep uname type net echo powershell cmd ifconfig ipconfig netstat nslookup
            python perl php env pwd busybox rm set head tail more ver printenv cd chmod
            """
        )
        return [";", "|", "%26", "&&", "%7c"].flatMap { separator in commands.map { separator + $0 } }
    }()

    /// Percent-encoded letters are nobody's need: they hide a word.
    private static let hidden: [String] = (0x61...0x7A).map { "%" + String($0, radix: 16) } + (0x41...0x5A).map { "%" + String($0, radix: 16) }

    private static let needles: [String] = {
        let named = AttackNeedles.target.filter { !$0.signs.isEmpty || $0.feature == .shellName } + AttackNeedles.userAgent
        let shells = AttackNeedles.target.filter { $0.feature == .weakShellName }.flatMap { needle in
            [".php", ".jsp", ".asp"].map { String(decoding: needle.text, as: UTF8.self) + $0 }
        }
        return hidden + shells + named.map { String(decoding: $0.text, as: UTF8.self) }.filter { $0.utf8.count >= 3 }
    }()

    private static let folders =
        AttackNeedles.target.filter { !$0.feature.isDisjoint(with: [.uploads, .assets]) }.map { String(decoding: $0.text, as: UTF8.self) }

    private static let scripts = words(".php .jsp .asp .ashx .phtml .phar .cer .cfm .asmx")
}
