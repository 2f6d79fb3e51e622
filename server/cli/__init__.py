"""The commands of `hemicycle`: each is a thin shell over the house."""
