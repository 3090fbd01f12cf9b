/// Formats of this folder, the special before the general.
package enum SystemFormats {
    package static let all: [LogFormat] = []
}
