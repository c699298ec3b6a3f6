"""What is true of the whole house: its architecture, its words, its papers, its tools."""
