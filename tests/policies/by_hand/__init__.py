"""The shipped policies calculated by hand: from the workbooks and the procedures' sentences, without the engine."""
