//! Every internal link and anchor leads somewhere.
