"""What `goswitch check` looks for in a project: topics as folders, checks as in `doctor/checks/`."""
