"""The welcome: what a person sees at the very first start, before anything is written."""
