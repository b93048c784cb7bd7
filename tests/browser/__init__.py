"""Real JupyterLab in real Chromium."""
