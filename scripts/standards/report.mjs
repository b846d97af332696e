// What was found, step by step: figures as they come, faults at once and again in the sum.

export class Report {
  faults = [];
  #shown = 0;

  // Runs a step and prints how long it took; whatever it throws is a fault.
  async step(name, work) {
    const begun = Date.now();
    const before = this.faults.length;
    this.#shown = 0;
    console.log(`\n== ${name}`);
    try {
      await work();
    } catch (error) {
      this.fault(`${name}: ${error.stack ?? error}`);
    }
    const found = this.faults.length - before;
    const time = ((Date.now() - begun) / 1000).toFixed(1);
    console.log(`-- ${name}: ${found === 0 ? "fine" : `${found} FAULTS`} (${time} s)`);
  }

  figure(name, value) {
    console.log(`   ${name}: ${value}`);
  }

  fault(message) {
    this.faults.push(message);
    // The first faults of a step tell the rest.
    this.#shown += 1;
    if (this.#shown <= 25) console.log(`!! ${message}`);
  }

  // Holds a figure against its bound.
  atMost(name, value, bound, unit) {
    this.figure(name, `${value} ${unit} (at most ${bound})`);
    if (value > bound) this.fault(`${name}: ${value} ${unit}, and ${bound} is the most`);
  }

  // Ends the program.
  end() {
    console.log(`\n${this.faults.length === 0 ? "all standards are met" : `${this.faults.length} faults`}`);
    process.exitCode = this.faults.length === 0 ? 0 : 1;
  }
}
