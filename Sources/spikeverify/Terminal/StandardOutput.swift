import ConvergenceStudies

/// Takes the place of Swift's own in this program: whatever is printed may hold text from files and other programs, which
/// must not give orders to the terminal.
func print(_ text: String = "", terminator: String = "\n") {
    Swift.print(text.visibleLines, terminator: terminator)
}
