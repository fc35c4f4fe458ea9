"""Reports of the office: what a template may say, and a report as blocks that PDF and Excel are written from. Pure."""
