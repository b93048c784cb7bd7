"""What builds: from a source to what students get and to the solution, proven before it takes its place."""
