"""A labelled set of documents over all kinds of files, made with a seed: does the section stand in it?"""
